package io.simpleim.standalone.store;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.channel.Channel;
import io.simpleim.standalone.store.file.GroupCommit;
import io.simpleim.standalone.store.file.StoreFile;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands on a {@link StoreFile}. A write with {@code j: true} or {@code w: "majority"} is answered only when it
 * is durable; other writes reach the disk within {@link #DELAY}. In memory nothing waits. Thread-safe.
 */
final class StoredBackend extends AbstractMongoBackend {
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final int INTERNAL_ERROR = 1;

    /** In lower case; the library accepts command names in any case. */
    private static final Set<String> WRITES = Set.of(
            "insert",
            "update",
            "delete",
            "findandmodify",
            "create",
            "createindexes",
            "drop",
            "dropindexes",
            "dropdatabase",
            "renamecollection");

    private final StoreFile file;
    private final @Nullable GroupCommit commits;

    StoredBackend(StoreFile file, Clock clock) {
        super(clock);
        this.file = file;
        this.commits = file.isPersistent()
                ? new GroupCommit(file, DELAY, task -> new Thread(task, "mongo-store-commit"))
                : null;
        file.apply(() -> {
            file.mapNames().stream()
                    .filter(name -> name.startsWith(StoredDatabase.DATA))
                    .map(name -> Utils.firstFragment(name.substring(StoredDatabase.DATA.length())))
                    .distinct()
                    .forEach(this::resolveDatabase);
            return file;
        });
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new StoredDatabase(name, file, getCursorRegistry());
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        Document count = command.equals("aggregate") ? CountAggregation.toCount(query) : null;
        if (count != null) {
            Document counted = handleCommand(channel, database, "count", count);
            return CountAggregation.toAnswer(database, query, counted);
        }
        GroupCommit group = commits;
        if (group == null) {
            return super.handleCommand(channel, database, command, query);
        }
        return writes(command, query)
                ? write(group, channel, database, command, query)
                : file.read(() -> super.handleCommand(channel, database, command, query));
    }

    private static boolean writes(String command, Document query) {
        return WRITES.contains(command.toLowerCase(Locale.ROOT))
                || (query.get("pipeline") instanceof List<?> stages
                        && stages.stream()
                                .anyMatch(stage -> stage instanceof Document single
                                        && (single.containsKey("$out") || single.containsKey("$merge"))));
    }

    private Document write(GroupCommit group, Channel channel, String database, String command, Document query) {
        boolean durable = false;
        try {
            checkWritable();
            Document answer = file.apply(() -> super.handleCommand(channel, database, command, query));
            if (mustBeDurable(query)) {
                awaitCommit(group);
                durable = true;
            }
            return answer;
        } finally {
            if (!durable) {
                group.touch();
            }
        }
    }

    private void checkWritable() {
        try {
            file.checkWritable();
        } catch (IllegalStateException e) {
            throw new MongoServerError(INTERNAL_ERROR, "InternalError", e.getMessage(), e);
        }
    }

    private static boolean mustBeDurable(Document command) {
        return command.get("writeConcern") instanceof Document concern
                && (Utils.isTrue(concern.get("j")) || "majority".equals(concern.get("w")));
    }

    private static void awaitCommit(GroupCommit group) {
        try {
            group.awaitCommit();
        } catch (IllegalStateException e) {
            throw new MongoServerError(
                    INTERNAL_ERROR, "InternalError", "The write could not be made durable: " + e.getMessage(), e);
        }
    }

    /** Answers failures here, because the library would log the whole command with its data. */
    @Override
    public Document handleMessage(MongoMessage message) {
        try {
            return super.handleMessage(message);
        } catch (MongoServerException e) {
            Document answer = new Document("errmsg", e.getMessageWithoutErrorCode());
            if (e instanceof MongoServerError error) {
                answer.append("code", error.getCode());
                answer.putIfNotNull("codeName", error.getCodeName());
            }
            return answer.append("ok", 0);
        }
    }

    /** Called when no command is running. */
    @Override
    public void close() {
        super.close();
        if (commits != null) {
            commits.close();
        }
        file.close();
    }
}

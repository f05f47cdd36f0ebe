package io.simpleim.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Records the audit log of all servers in this JVM until closed. Thread-safe. */
public final class AuditLines implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("simpleim.audit");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };

    private AuditLines() {}

    public static AuditLines record() {
        AuditLines recorded = new AuditLines();
        recorded.appender.start();
        recorded.logger.addAppender(recorded.appender);
        recorded.logger.setLevel(Level.INFO);
        recorded.logger.setAdditive(false);
        return recorded;
    }

    /** The lines of an event whose fields have these values, names and values in turn. */
    public List<JsonObject> all(String event, String... fieldsAndValues) {
        return lines.stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(line -> has(line, "event", event))
                .filter(line -> hasAll(line, fieldsAndValues))
                .toList();
    }

    /** The only line that {@link #all} finds. */
    public JsonObject one(String event, String... fieldsAndValues) {
        List<JsonObject> found = all(event, fieldsAndValues);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " lines of " + event + " with " + List.of(fieldsAndValues) + ": "
                    + String.join("\n", lines));
        }
        return found.get(0);
    }

    private static boolean hasAll(JsonObject line, String... fieldsAndValues) {
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            if (!has(line, fieldsAndValues[i], fieldsAndValues[i + 1])) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(JsonObject line, String field, String value) {
        return line.has(field) && line.get(field).getAsString().equals(value);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        logger.setAdditive(true);
    }
}

package io.simpleim.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.model.StoreUnavailableException;
import io.simpleim.store.redis.RedisSettings.Credentials;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/** What the other classes of this package rely on. All keys that are written expire or are deleted. */
abstract class RedisStoreContract extends RedisContract {
    private static final int LIFETIME_SECONDS = 60;
    private static final SetParams EXPIRING = SetParams.setParams().ex(LIFETIME_SECONDS);
    private static final String NOBODY = "127.0.0.1:1";

    private final String prefix = "im:test:" + unique + ":";

    @Test
    void answersAPing() {
        store.ping();
    }

    @Test
    void pipelinesCommandsOfManySlots() {
        Map<String, String> expected = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            expected.put(prefix + i, "value " + i);
        }
        Map<String, String> found = store.pipelined(pipeline -> {
            expected.forEach((key, value) -> pipeline.set(key, value, EXPIRING));
            Map<String, Response<String>> answers = new HashMap<>();
            expected.keySet().forEach(key -> answers.put(key, pipeline.get(key)));
            return () -> {
                Map<String, String> values = new HashMap<>();
                answers.forEach((key, answer) -> values.put(key, answer.get()));
                return values;
            };
        });
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void runsAScriptOverKeysOfOneHashTag() {
        String script = "redis.call('SETEX', KEYS[1], ARGV[2], ARGV[1]); redis.call('SETEX', KEYS[2], ARGV[2],"
                + " ARGV[1] .. '2'); return redis.call('GET', KEYS[1]) .. redis.call('GET', KEYS[2])";
        List<String> keys = List.of(prefix + "{tag}:a", prefix + "{tag}:b");
        List<String> arguments = List.of("x", Integer.toString(LIFETIME_SECONDS));
        Object answer = store.call(redis -> redis.eval(script, keys, arguments));
        assertThat(answer).isEqualTo("xx2");
        String second = store.call(redis -> redis.get(keys.get(1)));
        assertThat(second).isEqualTo("x2");
    }

    @Test
    void newEntryWakesABlockedRead() {
        String key = prefix + "stream";
        int wait = (int) RedisStore.MAX_WAIT.toMillis();
        XReadParams params = XReadParams.xReadParams().count(1).block(wait);
        Map<String, StreamEntryID> from = Map.of(key, StreamEntryID.XREAD_NEW_ENTRY);
        CompletableFuture<Map<String, List<StreamEntry>>> reading =
                CompletableFuture.supplyAsync(() -> store.await(redis -> redis.xreadAsMap(params, from)));
        // Only an entry that is added while the call waits wakes it.
        await().until(() -> {
            store.call(redis -> redis.xadd(key, XAddParams.xAddParams(), Map.of("field", "value")));
            return reading.isDone();
        });
        store.call(redis -> redis.unlink(key));
        assertThat(reading.join().get(key))
                .singleElement()
                .extracting(StreamEntry::getFields)
                .isEqualTo(Map.of("field", "value"));
    }

    @Test
    void aReadWithoutEntriesEndsEmpty() {
        Map<String, StreamEntryID> from = Map.of(prefix + "nothing", new StreamEntryID(0, 0));
        XReadParams params = XReadParams.xReadParams().block(1);
        Map<String, List<StreamEntry>> found = store.await(redis -> redis.xreadAsMap(params, from));
        assertThat(found == null || found.isEmpty()).isTrue();
    }

    @Test
    void aCommandThatIsRefusedIsAnError() {
        String key = prefix + "text";
        store.call(redis -> redis.set(key, "text", EXPIRING));
        assertUnavailable(store, found -> found.call(redis -> redis.incr(key)));
        assertUnavailable(store, found -> found.pipelined(pipeline -> pipeline.incr(key)::get));
    }

    @Test
    void aWrongPasswordIsNoticedAtTheCall() {
        assumeThat(settings().allCredentials().password())
                .as("without a password any is right")
                .isNotEmpty();
        try (RedisStore wrong = new RedisStore(settings().withCredentials(new Credentials("", "wrong")))) {
            assertUnavailable(wrong, RedisStore::ping);
            assertUnavailable(wrong, found -> found.call(redis -> redis.get(prefix)));
        }
    }

    @Test
    void nobodyThereIsNoticedAtTheCall() {
        try (RedisStore away = new RedisStore(settings().withAddress(NOBODY))) {
            assertUnavailable(away, RedisStore::ping);
            assertUnavailable(away, found -> found.call(redis -> redis.get(prefix)));
            assertUnavailable(away, found -> found.await(redis -> redis.get(prefix)));
            assertUnavailable(away, found -> found.pipelined(pipeline -> pipeline.get(prefix)::get));
        }
    }

    @Test
    void aCallAfterTheEndIsAnError() {
        store.ping();
        store.close();
        assertUnavailable(store, RedisStore::ping);
        assertUnavailable(store, found -> found.await(redis -> redis.get(prefix)));
    }

    private static void assertUnavailable(RedisStore store, Consumer<RedisStore> call) {
        assertThatThrownBy(() -> call.accept(store)).isInstanceOf(StoreUnavailableException.class);
    }
}

package io.simpleim.nodes;

import static io.simpleim.testing.Pushes.messagesSoFar;
import static io.simpleim.testing.Pushes.nextSeqs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers over a Redis that fails over to a replica when a master dies. */
@Timeout(120)
abstract class FailoverContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    NodeGroup group;
    private ImUser anna;
    private ImUser bert;

    /** Settings by the names of their environment variables. */
    abstract Map<String, String> redisSettings();

    /** Kills the master that carries the messages between the servers. */
    abstract void killMaster();

    /** Waits until a replica has taken its place. */
    abstract void awaitFailover();

    abstract void closeRedis();

    @BeforeEach
    void start() {
        group = NodeGroup.start(2, redisSettings());
        anna = group.user(0);
        bert = group.user(1);
    }

    @AfterEach
    void stop() {
        if (group != null) {
            group.close();
        }
        closeRedis();
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** Both users write to each other this number of times. */
    private void exchangeMessages(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(anna.write(bert.id(), "from anna").code()).isEqualTo(200);
            assertThat(bert.write(anna.id(), "from bert").code()).isEqualTo(200);
        }
    }

    @Test
    void nothingIsLostWhenAMasterDies() {
        try (ImSocket toAnna = anna.inAnotherSession().listen();
                ImSocket toBert = bert.inAnotherSession().listen()) {
            exchangeMessages(5);
            assertThat(nextSeqs(toAnna, 10)).isEqualTo(numbers(1, 10));
            assertThat(nextSeqs(toBert, 10)).isEqualTo(numbers(1, 10));

            killMaster();
            exchangeMessages(10);
            awaitFailover();
            assertThat(nextSeqs(toAnna, 20)).isEqualTo(numbers(11, 30));
            assertThat(nextSeqs(toBert, 20)).isEqualTo(numbers(11, 30));

            exchangeMessages(5);
            assertThat(nextSeqs(toAnna, 10)).isEqualTo(numbers(31, 40));
            assertThat(nextSeqs(toBert, 10)).isEqualTo(numbers(31, 40));
            assertThat(messagesSoFar(toAnna)).isEmpty();
            assertThat(messagesSoFar(toBert)).isEmpty();
            assertSessionsEndOnBoth();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Output of the servers:\n" + group.output(), e);
        }
    }

    private void assertSessionsEndOnBoth() {
        ImUser elsewhere = group.at(1, anna);
        try (ImSocket there = elsewhere.listen()) {
            assertThat(anna.post("u/user/login_out").code()).isEqualTo(200);
            assertThat(there.closeCode()).isEqualTo(4001);
            await().atMost(PATIENCE)
                    .until(() -> elsewhere.get("rm/room/get_room_list").error().equals("token_expired"));
        }
    }
}

package io.simpleim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.testing.Deployment;
import io.simpleim.testing.DeploymentExtension;
import io.simpleim.testing.EmbeddedDeployment;
import io.simpleim.testing.ImSocket;
import io.simpleim.testing.ImUser;
import io.simpleim.testing.Pushes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More messages arrive during a catch-up than can be held back for it. */
class SmallQueueIT implements ApiSuite {
    private static final int MISSED = 200;
    private static final int ALL = 400;
    /** The live half alone exceeds a connection's queue several times. */
    private static final String PADDING = "x".repeat(4000);

    @RegisterExtension
    static final DeploymentExtension SERVER = new DeploymentExtension(() -> EmbeddedDeployment.start(Map.of(
            "IM_LIMITS_OUTBOUNDQUEUEBYTES", "65536",
            "IM_LIMITS_OFFLINEPERROOM", "10000",
            "IM_LIMITS_MESSAGEBURST", "10000")));

    @Override
    public Deployment deployment() {
        return SERVER.deployment();
    }

    @RepeatedTest(3)
    void everythingArrivesOnceAndInOrder() {
        ImUser host = anyUser();
        List<ImUser> users = Stream.generate(this::anyUser).limit(4).toList();
        String roomId = host.roomWith(users.toArray(ImUser[]::new));
        host.sayMany(roomId, 1, MISSED, PADDING);
        CompletableFuture<Void> talking =
                CompletableFuture.runAsync(() -> host.sayMany(roomId, MISSED + 1, ALL, PADDING));
        List<ImSocket> sockets = users.stream().map(ImUser::connect).toList();
        List<Long> expected = LongStream.rangeClosed(1, ALL).boxed().toList();
        for (ImSocket socket : sockets) {
            assertThat(Pushes.nextSeqs(socket, ALL)).isEqualTo(expected);
            socket.close();
        }
        talking.join();
    }
}

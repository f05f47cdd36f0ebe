package io.simpleim.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerConnectionState;
import com.mongodb.connection.ServerDescription;
import com.mongodb.connection.ServerType;
import java.util.List;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Finding the current primary in the description of the driver. */
class WriteOrderTest {
    private static final ObjectId FIRST = new ObjectId("000000000000000000000001");
    private static final ObjectId SECOND = new ObjectId("000000000000000000000002");

    private static ServerDescription.Builder server(String host, ServerType type) {
        return ServerDescription.builder()
                .address(new ServerAddress(host))
                .type(type)
                .ok(true)
                .state(ServerConnectionState.CONNECTED);
    }

    private static ServerDescription member(String host, ServerType type, ObjectId election) {
        return server(host, type).setName("rs").electionId(election).build();
    }

    private static WriteOrder.Primary primaryOf(ClusterType type, ServerDescription... servers) {
        return WriteOrder.primaryOf(new ClusterDescription(ClusterConnectionMode.MULTIPLE, type, List.of(servers)));
    }

    private static WriteOrder.Primary primaryOf(ServerDescription... members) {
        return primaryOf(ClusterType.REPLICA_SET, members);
    }

    @Test
    void aServerAloneIsItsOwnPrimary() {
        ServerDescription alone = server("a", ServerType.STANDALONE).build();
        assertThat(primaryOf(ClusterType.STANDALONE, alone)).isNotNull();
    }

    @Test
    void anElectionMakesADifferentPrimary() {
        ServerDescription secondary = member("b", ServerType.REPLICA_SET_SECONDARY, null);
        WriteOrder.Primary first = primaryOf(member("a", ServerType.REPLICA_SET_PRIMARY, FIRST), secondary);
        assertThat(first).isNotNull();
        assertThat(primaryOf(secondary, member("a", ServerType.REPLICA_SET_PRIMARY, FIRST)))
                .isEqualTo(first);
        assertThat(primaryOf(member("a", ServerType.REPLICA_SET_PRIMARY, SECOND), secondary))
                .isNotEqualTo(first);
        assertThat(primaryOf(member("b", ServerType.REPLICA_SET_PRIMARY, FIRST)))
                .isNotEqualTo(first);
    }

    @Test
    void withoutAPrimaryOrWithSeveralServersThatWriteThereIsNone() {
        assertThat(primaryOf(member("a", ServerType.REPLICA_SET_SECONDARY, null)))
                .isNull();
        assertThat(primaryOf(member("a", ServerType.REPLICA_SET_PRIMARY, null))).isNull();
        assertThat(primaryOf(
                        ClusterType.SHARDED,
                        server("a", ServerType.SHARD_ROUTER).build()))
                .isNull();
        assertThat(primaryOf(ClusterType.UNKNOWN)).isNull();
    }
}

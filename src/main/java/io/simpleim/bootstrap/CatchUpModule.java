package io.simpleim.bootstrap;

import io.simpleim.catchup.ClusterCatchUp;
import io.simpleim.catchup.ClusterEventHandler;
import io.simpleim.catchup.OfflinePush;
import io.simpleim.catchup.SyncService;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Catch-up of clients and of this node, and the handler of messages from other nodes. */
final class CatchUpModule {
    final OfflinePush offline;
    final SyncService sync;
    final ClusterCatchUp clusterCatchUp;
    final ClusterEventHandler clusterEvents;

    /**
     * @param blocking reads backlogs from the store
     * @param catchUp one thread that is busy for as long as the node catches up
     * @param offlinePerRoom {@code [limits] offlinePerRoom}
     */
    CatchUpModule(
            Stores stores,
            MessageModule message,
            RoomModule room,
            ConversationModule conversation,
            SessionModule session,
            PushModule push,
            Executor blocking,
            ScheduledExecutorService timer,
            ScheduledExecutorService catchUp,
            int offlinePerRoom) {
        offline = new OfflinePush(
                conversation.userRooms, message.stored, message.heads, room.directory, blocking, timer, offlinePerRoom);
        sync = new SyncService(conversation.userRooms, message.stored);
        clusterCatchUp = new ClusterCatchUp(
                push.hub,
                stores.chatLog,
                stores.rooms,
                message.heads,
                room.directory,
                push.feeds,
                session.sweeper,
                catchUp,
                System::nanoTime);
        clusterEvents = new ClusterEventHandler(
                room.directory,
                push.feeds,
                push.dispatcher,
                conversation.cursors,
                session.sweeper,
                session.status,
                clusterCatchUp);
    }
}

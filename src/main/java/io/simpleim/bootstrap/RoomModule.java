package io.simpleim.bootstrap;

import io.simpleim.audit.AuditLog;
import io.simpleim.dispatch.Dispatcher;
import io.simpleim.room.RoomDirectory;
import io.simpleim.room.RoomEventPublisher;
import io.simpleim.room.RoomLimits;
import io.simpleim.room.RoomMemberships;
import io.simpleim.room.RoomNameService;
import io.simpleim.room.RoomService;
import java.time.Clock;

/** Rooms and their members. */
final class RoomModule {
    final RoomDirectory directory;
    final RoomService rooms;
    final RoomNameService names;

    RoomModule(
            Stores stores,
            MessageModule message,
            Dispatcher dispatcher,
            RoomLimits limits,
            AuditLog audit,
            Clock clock) {
        directory = new RoomDirectory(stores.rooms, stores.userRooms);
        RoomEventPublisher events = new RoomEventPublisher(directory, dispatcher);
        RoomMemberships memberships = new RoomMemberships(
                directory, stores.rooms, stores.userRooms, stores.chatLog, message.heads, limits, clock);
        rooms = new RoomService(directory, memberships, stores.users, events, audit, clock);
        names = new RoomNameService(directory, stores.rooms, events);
    }
}

package io.simpleim.store.mongo;

import io.simpleim.standalone.store.EmbeddedMongo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** All DAOs over the wire, against the embedded store. */
class EmbeddedDaosIT {
    private static EmbeddedMongo mongo;

    @BeforeAll
    static void start() {
        mongo = EmbeddedMongo.inMemory(0);
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    @Nested
    class UserDaoIT extends UserDaoContract {
        @Override
        String address() {
            return mongo.address();
        }
    }

    @Nested
    class SessionDaoIT extends SessionDaoContract {
        @Override
        String address() {
            return mongo.address();
        }
    }

    @Nested
    class RoomDaoIT extends RoomDaoContract {
        @Override
        String address() {
            return mongo.address();
        }
    }

    @Nested
    class UserRoomDaoIT extends UserRoomDaoContract {
        @Override
        String address() {
            return mongo.address();
        }
    }

    @Nested
    class MessageDaoIT extends MessageDaoContract {
        @Override
        String address() {
            return mongo.address();
        }
    }

    @Nested
    class UserMessageDaoIT extends UserMessageDaoContract {
        @Override
        String address() {
            return mongo.address();
        }
    }

    @Nested
    class ChatLogDaoIT extends ChatLogDaoContract {
        @Override
        String address() {
            return mongo.address();
        }
    }
}

package io.simpleim.store.mongo;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** All DAOs over the wire, against an external MongoDB whose connection string a system property gives. */
@EnabledIfSystemProperty(named = ExternalDaosIT.PROPERTY, matches = ".+")
class ExternalDaosIT {
    static final String PROPERTY = "im.test.mongo";

    @Nested
    class UserDaoIT extends UserDaoContract {
        @Override
        String address() {
            return System.getProperty(PROPERTY);
        }
    }

    @Nested
    class SessionDaoIT extends SessionDaoContract {
        @Override
        String address() {
            return System.getProperty(PROPERTY);
        }
    }

    @Nested
    class RoomDaoIT extends RoomDaoContract {
        @Override
        String address() {
            return System.getProperty(PROPERTY);
        }
    }

    @Nested
    class UserRoomDaoIT extends UserRoomDaoContract {
        @Override
        String address() {
            return System.getProperty(PROPERTY);
        }
    }

    @Nested
    class MessageDaoIT extends MessageDaoContract {
        @Override
        String address() {
            return System.getProperty(PROPERTY);
        }
    }

    @Nested
    class UserMessageDaoIT extends UserMessageDaoContract {
        @Override
        String address() {
            return System.getProperty(PROPERTY);
        }
    }

    @Nested
    class ChatLogDaoIT extends ChatLogDaoContract {
        @Override
        String address() {
            return System.getProperty(PROPERTY);
        }
    }
}

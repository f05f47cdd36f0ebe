package io.simpleim.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.User;
import io.simpleim.testing.Race;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

abstract class UserDaoContract extends DaoContract {
    private UserDao users;

    @Override
    void createDao(MongoStore store) {
        users = new UserDao(store);
        users.createIndexes();
    }

    @Test
    void registersAUserAtItsFirstLogin() {
        assertThat(users.find("anna")).isEmpty();
        users.loggedIn("anna", 1000);
        assertThat(users.find("anna")).contains(new User("anna", User.ACTIVE));
        assertThat(StoredUser.find(store(), "anna")).contains(new StoredUser("anna", 1, 1000, 0, User.ACTIVE, 1000));
    }

    @Test
    void keepsWhatIsKnownOfAUserAtLaterLogins() {
        users.loggedIn("anna", 1000);
        ban("anna");
        users.loggedOut("anna", 1500);
        users.loggedIn("anna", 2000);
        assertThat(StoredUser.find(store(), "anna")).contains(new StoredUser("anna", 1, 2000, 1500, User.BANNED, 1000));
    }

    @Test
    void concurrentFirstLoginsCreateOneUser() {
        for (int round = 0; round < 10; round++) {
            String userId = "anna" + round;
            Race.each(8, i -> users.loggedIn(userId, 1000));
            assertThat(collection("user").countDocuments(new Document("user_id", userId)))
                    .isEqualTo(1);
        }
    }

    @Test
    void notesThatTheLastSessionHasEndedAndTakesItBack() {
        users.loggedIn("anna", 1000);
        users.loggedOut("anna", 2000);
        assertThat(StoredUser.find(store(), "anna")).contains(new StoredUser("anna", 0, 1000, 2000, User.ACTIVE, 1000));
        users.stillLoggedIn("anna");
        assertThat(StoredUser.find(store(), "anna").orElseThrow().loginStatus()).isEqualTo(1);
    }

    @Test
    void loggingOutCreatesNoUser() {
        users.loggedOut("nobody", 1000);
        users.stillLoggedIn("nobody");
        assertThat(users.find("nobody")).isEmpty();
    }

    private int status(String userId) {
        return StoredUser.find(store(), userId).orElseThrow().loginStatus();
    }

    @Test
    void notesWhoIsConnectedAndWhoIsAway() {
        users.loggedIn("anna", 1000);
        users.loggedIn("bert", 1000);
        users.away(Map.of("anna", 1000L, "bert", 2000L));
        assertThat(StoredUser.find(store(), "anna")).contains(new StoredUser("anna", 0, 1000, 0, User.ACTIVE, 1000));
        assertThat(status("bert")).isZero();
        users.connected(List.of("anna"));
        assertThat(StoredUser.find(store(), "anna")).contains(new StoredUser("anna", 1, 1000, 0, User.ACTIVE, 1000));
        assertThat(status("bert")).isZero();
    }

    @Test
    void aLaterLoginKeepsTheUserLoggedIn() {
        users.loggedIn("anna", 1001);
        users.away(Map.of("anna", 1000L));
        assertThat(status("anna")).isEqualTo(1);
    }

    @Test
    void connectingOrDisconnectingCreatesNoUser() {
        users.connected(List.of("nobody"));
        users.away(Map.of("nobody", 1000L));
        assertThat(users.find("nobody")).isEmpty();
    }

    @Test
    void emptyChangesAreAllowed() {
        users.loggedIn("anna", 1000);
        users.connected(List.of());
        users.away(Map.of());
        assertThat(status("anna")).isEqualTo(1);
    }

    @Test
    void manyComeAndGoAtOnce() {
        List<String> many = IntStream.range(0, 1000).mapToObj(i -> "user" + i).toList();
        many.forEach(userId -> users.loggedIn(userId, 1000));
        users.away(many.stream().collect(Collectors.toMap(userId -> userId, userId -> 1000L)));
        assertThat(collection("user").countDocuments(new Document("login_status", 0)))
                .isEqualTo(1000);
        users.connected(many);
        assertThat(collection("user").countDocuments(new Document("login_status", 1)))
                .isEqualTo(1000);
    }

    @Test
    void writesThePublishedFields() {
        users.loggedIn("anna", 1000);
        assertThat(only("user"))
                .containsEntry("user_id", "anna")
                .containsEntry("login_status", 1)
                .containsEntry("last_login_time", 1000L)
                .containsEntry("last_login_out_time", 0L)
                .containsEntry("user_status", 1)
                .containsEntry("created_at", 1000L);
    }

    @Test
    void readsNumbersOfAnyWidthAndTakesMissingOnesForZero() {
        collection("user")
                .insertOne(new Document("user_id", "old")
                        .append("login_status", 1L)
                        .append("last_login_time", 1000)
                        .append("user_status", -1.0)
                        .append("created_at", 900.0));
        assertThat(users.find("old")).contains(new User("old", User.BANNED));
        assertThat(StoredUser.find(store(), "old")).contains(new StoredUser("old", 1, 1000, 0, User.BANNED, 900));
    }

    @Test
    void createsItsIndexesASecondTimeWithoutEffect() {
        users.createIndexes();
        assertThat(collection("user").listIndexes()).hasSize(2);
    }

    private void ban(String userId) {
        collection("user")
                .updateOne(
                        new Document("user_id", userId),
                        new Document("$set", new Document("user_status", User.BANNED)));
    }
}

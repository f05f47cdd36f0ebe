package io.simpleim.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import io.simpleim.model.Session;
import io.simpleim.testing.Race;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

abstract class SessionDaoContract extends DaoContract {
    private static final Session FOR_EVER = new Session("for-ever", "anna", 1000, 0);
    private static final Session UNTIL_2000 = new Session("until-2000", "anna", 1000, 2000);
    private static final Session UNTIL_3000 = new Session("until-3000", "bert", 1000, 3000);

    private SessionDao sessions;

    @Override
    void createDao(MongoStore store) {
        sessions = new SessionDao(store);
        sessions.createIndexes();
    }

    @Test
    void findsASessionUntilItIsEnded() {
        sessions.insert(UNTIL_2000);
        assertThat(sessions.find("until-2000")).contains(UNTIL_2000);
        sessions.delete(List.of("until-2000", "for-ever"));
        assertThat(sessions.find("until-2000")).isEmpty();
    }

    @Test
    void aRepeatedSessionIdIsADefect() {
        sessions.insert(UNTIL_2000);
        assertThatThrownBy(() -> sessions.insert(UNTIL_2000)).isInstanceOf(MongoWriteException.class);
    }

    @Test
    void endsSeveralSessionsAtOnce() {
        sessions.insert(FOR_EVER);
        sessions.insert(UNTIL_2000);
        sessions.insert(UNTIL_3000);
        sessions.expireAt(List.of("for-ever", "until-3000"), 1500);
        assertThat(sessions.aliveAmong(List.of("for-ever", "until-2000", "until-3000"), 1500))
                .containsExactly("until-2000");
        sessions.delete(List.of("for-ever", "until-3000"));
        assertThat(collection("session").countDocuments()).isEqualTo(1);
    }

    @Test
    void givesTheNewestOfAUsersSessionsThatAreAlive() {
        for (int i = 1; i <= 9; i++) {
            sessions.insert(new Session("s" + i, "anna", 1000 + i, i % 3 == 0 ? 2000 : 0));
        }
        sessions.insert(UNTIL_3000);
        assertThat(sessions.aliveOf("anna", 2000, 4)).extracting(Session::id).containsExactly("s8", "s7", "s5", "s4");
        assertThat(sessions.aliveOf("anna", 1999, 2)).extracting(Session::id).containsExactly("s9", "s8");
        assertThat(sessions.aliveOf("anna", 1999, Integer.MAX_VALUE)).hasSize(9);
        assertThat(sessions.aliveOf("carl", 1999, 4)).isEmpty();
    }

    @Test
    void opensASessionThatWasNotMadeHereOnce() {
        Session seen = new Session("legacy-1", "anna", 1000, 0);
        assertThat(Race.call(8, i -> sessions.insertLegacy(seen))).containsOnlyOnce(true);
        assertThat(sessions.find("legacy-1")).contains(seen);
    }

    @Test
    void remembersThatSuchASessionHasEndedForAsLongAsItsTokenWouldOpenItAnew() {
        Session forEver = new Session("legacy-1", "anna", 1000, 0);
        Session until2000 = new Session("legacy-2", "anna", 1000, 2000);
        sessions.insertLegacy(forEver);
        sessions.insertLegacy(until2000);
        sessions.insert(FOR_EVER);
        sessions.expireAt(List.of("legacy-1", "legacy-2"), 1500);
        sessions.bury(List.of("legacy-1", "legacy-2"));

        sessions.deleteBuried(1999);
        assertThat(sessions.insertLegacy(until2000)).isFalse();
        assertThat(sessions.aliveAmong(List.of("legacy-1", "legacy-2"), 1)).isEmpty();
        assertThat(sessions.expiredAt(9999, 10)).isEmpty();

        sessions.deleteBuried(2000);
        assertThat(sessions.find("legacy-2")).isEmpty();
        sessions.deleteBuried(Long.MAX_VALUE);
        assertThat(sessions.insertLegacy(forEver)).isFalse();
        assertThat(sessions.find("for-ever")).contains(FOR_EVER);
    }

    @Test
    void givesTheSessionsThatHaveExpired() {
        sessions.insert(FOR_EVER);
        sessions.insert(UNTIL_2000);
        sessions.insert(UNTIL_3000);
        assertThat(sessions.expiredAt(1999, 10)).isEmpty();
        assertThat(sessions.expiredAt(2000, 10)).containsExactly(UNTIL_2000);
        assertThat(sessions.expiredAt(9999, 10)).containsExactlyInAnyOrder(UNTIL_2000, UNTIL_3000);
        assertThat(sessions.expiredAt(9999, 1)).hasSize(1);
    }

    @Test
    void knowsWhetherAUserHasASessionThatIsAlive() {
        assertThat(sessions.hasAlive("anna", 1500)).isFalse();
        sessions.insert(UNTIL_2000);
        sessions.insert(UNTIL_3000);
        assertThat(sessions.hasAlive("anna", 1999)).isTrue();
        assertThat(sessions.hasAlive("anna", 2000)).isFalse();
        sessions.insert(FOR_EVER);
        assertThat(sessions.hasAlive("anna", 2000)).isTrue();
    }

    @Test
    void readsNumbersOfAnyWidth() {
        collection("session")
                .insertOne(new Document("_id", "old")
                        .append("user_id", "anna")
                        .append("created_at", 1000)
                        .append("expires_at", 2000.0));
        Session read = new Session("old", "anna", 1000, 2000);
        assertThat(sessions.find("old")).contains(read);
        assertThat(sessions.expiredAt(2000, 10)).containsExactly(read);
    }

    @Test
    void createsItsIndexesASecondTimeWithoutEffect() {
        sessions.createIndexes();
        assertThat(collection("session").listIndexes()).hasSize(3);
    }
}

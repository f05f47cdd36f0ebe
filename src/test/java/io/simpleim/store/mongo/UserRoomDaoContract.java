package io.simpleim.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.simpleim.model.Member;
import io.simpleim.testing.Race;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

abstract class UserRoomDaoContract extends DaoContract {
    private UserRoomDao memberships;

    @Override
    void createDao(MongoStore store) {
        memberships = new UserRoomDao(store);
        memberships.createIndexes();
    }

    @Test
    void givesTheMembersOfARoomTheLongestStandingFirst() {
        Member late = new Member("anna", "r", 3000);
        Member early = new Member("zoe", "r", 1000);
        Member sameMoment = new Member("bert", "r", 3000);
        List.of(late, early, sameMoment, new Member("anna", "other", 1)).forEach(memberships::insert);
        assertThat(memberships.membersOf("r")).containsExactly(early, late, sameMoment);
        assertThat(memberships.membersOf("unknown")).isEmpty();
    }

    @Test
    void insertingAMemberAgainChangesNothing() {
        assertThat(memberships.insert(new Member("anna", "r", 1000))).isTrue();
        assertThat(memberships.insert(new Member("anna", "r", 2000))).isFalse();
        assertThat(memberships.membersOf("r")).containsExactly(new Member("anna", "r", 1000));
    }

    @Test
    void makesAUserAMemberOnceWhenManyDoAtTheSameMoment() {
        assertThat(Race.call(8, i -> memberships.insert(new Member("anna", "r", i))))
                .containsOnlyOnce(true);
        assertThat(memberships.membersOf("r")).hasSize(1);
    }

    @Test
    void tellsOneOfManyThatItHasEndedAMembership() {
        memberships.insert(new Member("anna", "r", 1000));
        assertThat(Race.call(8, i -> memberships.delete("r", "anna"))).containsOnlyOnce(true);
        assertThat(memberships.membersOf("r")).isEmpty();
        assertThat(memberships.delete("r", "anna")).isFalse();
    }

    @Test
    void givesThoseOfSomeRoomsThatAUserIsIn() {
        memberships.insert(new Member("anna", "r1", 1));
        memberships.insert(new Member("anna", "r2", 1));
        memberships.insert(new Member("bert", "r3", 1));
        assertThat(memberships.roomsAmong("anna", List.of("r1", "r3", "r4"))).containsExactly("r1");
        assertThat(memberships.roomsAmong("anna", List.of())).isEmpty();
    }

    @Test
    void givesThoseOfSomeUsersWhoAreMembers() {
        Member anna = new Member("anna", "r", 1000);
        Member bert = new Member("bert", "r", 2000);
        List.of(anna, bert, new Member("carl", "other", 1)).forEach(memberships::insert);
        assertThat(memberships.findAll("r", List.of("bert", "carl", "anna")))
                .isEqualTo(Map.of("anna", anna, "bert", bert));
        assertThat(memberships.findAll("r", List.of())).isEmpty();
    }

    @Test
    void writesThePublishedFieldsAndReadsNumbersOfAnyWidth() {
        memberships.insert(new Member("anna", "r", 5_999));
        assertThat(only("user_room"))
                .containsEntry("user_id", "anna")
                .containsEntry("room_id", "r")
                .containsEntry("created_at", 5L);
        collection("user_room")
                .insertOne(new Document("_id", "r:old")
                        .append("user_id", "old")
                        .append("room_id", "r")
                        .append("joined_at", 7));
        assertThat(memberships.membersOf("r"))
                .containsExactly(new Member("old", "r", 7), new Member("anna", "r", 5_999));
    }

    @Test
    void createsItsIndexesASecondTimeWithoutEffect() {
        memberships.createIndexes();
        assertThat(collection("user_room").listIndexes()).hasSize(3);
    }
}

/**
 * The durable data: one DAO per collection, without business rules. The only package that uses the MongoDB driver.
 *
 * <p>The first six collections and the fields marked * are published: partners read them.
 *
 * <pre>
 * message             _id ObjectId, message_id* (unique), message_data*, created_at*, message_status* (1),
 *                     message_type
 * user                _id ObjectId, user_id* (unique), login_status* (0, 1), last_login_time*, last_login_out_time*,
 *                     user_status* (1, -1 = banned), created_at*, acks (true once a client has acknowledged messages)
 * room                _id ObjectId, room_id* (unique), room_type* (1, 2), room_status* (1, -1 = dismissed),
 *                     room_host_user_id*, last_user_id*, last_message_id*, last_message_updated_at*, created_at*,
 *                     last_seq, member_count, members_version, user_ids (the pair of a room of type 1), name
 * user_room           _id room_id:user_id, user_id*, room_id*, created_at*, joined_at (ms)
 *                     indexes (user_id, room_id) unique, (room_id, joined_at)
 * user_message        _id room_id:seq, room_id*, message_id*, send_user_id*, created_at*, send_status* (1), seq,
 *                     message_type; index (room_id, message_id) unique
 * user_room_chat_log  _id room_id:user_id, user_id*, room_id*, created_at*, updated_at*, room_type, active_at (ms),
 *                     read_seq, ack_seq (all messages up to it have reached the user)
 *                     index (user_id, room_type, active_at)
 * session             _id jti, user_id, created_at, expires_at (0 = never)
 *                     of a legacy token: _id legacy-…, token_expires_at (0 = never); its tombstone has the negative of
 *                     that in expires_at, or -1 if the token never expires
 *                     indexes (user_id, created_at), (expires_at)
 * </pre>
 *
 * Times are Unix seconds (int64) unless marked ms.
 *
 * <p>Design: a number is used once, because it is part of {@code user_message._id}; a send is stored once, because {@code
 * message_id} is derived from the client's own id and unique. Frequent reads use ids that can be computed, which costs the
 * same on every store and at every size; a page of history is one {@code $in} over numbers. {@code room.last_*}, {@code
 * member_count} and {@code user_room_chat_log} are derived and repaired. {@code room.last_*} and {@code
 * user_room_chat_log} follow a message by about a second, in the lists of large rooms by several seconds.
 *
 * <p>Queries use only what MongoDB 5 to 8, the embedded store and FerretDB all support: no transactions, no change streams,
 * no partial or TTL indexes, and plain documents as filters, since a rendered {@code $and} does not use indexes everywhere.
 */
@NullMarked
package io.simpleim.store.mongo;

import org.jspecify.annotations.NullMarked;

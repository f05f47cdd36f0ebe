/**
 * The record of everything: one DAO a collection, no rules. The only package that knows the MongoDB driver.
 *
 * <p>The first six collections and the fields marked * are published: partners read them.
 *
 * <pre>
 * message             _id ObjectId, message_id* (unique), message_data*, created_at*, message_status* (1),
 *                     message_type
 * user                _id ObjectId, user_id* (unique), login_status* (0, 1), last_login_time*, last_login_out_time*,
 *                     user_status* (1, -1 = banned), created_at*, acks (true once a client has said what reached it)
 * room                _id ObjectId, room_id* (unique), room_type* (1, 2), room_status* (1, -1 = dismissed),
 *                     room_host_user_id*, last_user_id*, last_message_id*, last_message_updated_at*, created_at*,
 *                     last_seq, member_count, members_version, user_ids (the pair of a room of type 1), name
 * user_room           _id room_id:user_id, user_id*, room_id*, created_at*, joined_at (ms)
 *                     indexes (user_id, room_id) unique, (room_id, joined_at)
 * user_message        _id room_id:seq, room_id*, message_id*, send_user_id*, created_at*, send_status* (1), seq,
 *                     message_type; index (room_id, message_id) unique
 * user_room_chat_log  _id room_id:user_id, user_id*, room_id*, created_at*, updated_at*, room_type, active_at (ms),
 *                     read_seq, ack_seq (all up to it has reached the user); index (user_id, room_type, active_at)
 * session             _id jti, user_id, created_at, expires_at (0 = never); of an earlier system's token: _id legacy-…,
 *                     token_expires_at, and, once it has ended, expires_at the negative of that, or -1
 *                     indexes (user_id, created_at), (expires_at)
 * </pre>
 *
 * Times are Unix seconds (int64) unless marked ms.
 *
 * <p>Why so: a number is used once because it is part of {@code user_message._id}; a send is stored once because
 * {@code message_id} is computed from the sender's own id and unique. Everything that is read often is read by an id
 * that can be computed, which costs the same on every store and at every size; a page of history is one {@code $in}
 * over numbers. {@code room.last_*}, {@code member_count} and {@code user_room_chat_log} are derived and repaired; the
 * first and the last follow a message by about a second, in the lists of large rooms by some seconds.
 *
 * <p>Queries keep to what MongoDB 5 to 8, the embedded store and FerretDB all do: no transactions, no change streams,
 * no partial or TTL indexes, plain documents as filters (a rendered {@code $and} is not planned everywhere).
 */
@NullMarked
package io.simpleim.store.mongo;

import org.jspecify.annotations.NullMarked;

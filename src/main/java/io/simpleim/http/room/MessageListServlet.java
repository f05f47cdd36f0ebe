package io.simpleim.http.room;

import io.simpleim.api.Params;
import io.simpleim.api.Reply;
import io.simpleim.api.RequestRejected;
import io.simpleim.chat.HistoryEntry;
import io.simpleim.chat.HistoryService;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import java.util.List;
import java.util.Optional;

/** {@code GET /rm/room/get_room_message_list}: the messages of a room, by page or by sequence number. */
public final class MessageListServlet extends JsonServlet {
    private final transient HistoryService history;

    public MessageListServlet(HistoryService history) {
        this.history = history;
    }

    @Override
    protected Reply handle(RequestContext context) {
        List<MessageListItem> items = list(context.params(), context.session().userId()).stream()
                .map(MessageListItem::of)
                .toList();
        return new Reply("get_room_message_list", items);
    }

    private List<HistoryEntry> list(Params params, String userId) {
        String roomId = params.required("room_id");
        int page = params.page();
        int pageSize = params.pageSize();
        Optional<Long> before = params.number("before_seq", 1, Long.MAX_VALUE);
        Optional<Long> after = params.number("after_seq", 0, Long.MAX_VALUE);
        if (before.isPresent() && after.isPresent()) {
            throw RequestRejected.invalid("after_seq");
        }
        if (before.isPresent()) {
            return history.before(userId, roomId, before.get(), pageSize);
        }
        return after.map(seq -> history.after(userId, roomId, seq, pageSize))
                .orElseGet(() -> history.page(userId, roomId, page, pageSize));
    }
}

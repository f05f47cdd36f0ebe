package io.simpleim.http.room;

import io.simpleim.api.Params;
import io.simpleim.api.Reply;
import io.simpleim.conversation.ConversationService;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.model.RoomType;
import java.util.List;

/** {@code GET /rm/room/get_room_list}: the rooms of the caller, latest activity first. */
public final class RoomListServlet extends JsonServlet {
    /** The value of {@code room_type} that is assumed if it is absent. */
    private static final long ALL_TYPES = 0;

    private final transient ConversationService conversations;

    public RoomListServlet(ConversationService conversations) {
        this.conversations = conversations;
    }

    @Override
    protected Reply handle(RequestContext context) {
        Params params = context.params();
        int type = (int) params.number("room_type", RoomType.SINGLE, RoomType.GROUP)
                .orElse(ALL_TYPES)
                .longValue();
        String userId = context.session().userId();
        List<RoomListItem> items = conversations.list(userId, type, params.page(), params.pageSize()).stream()
                .map(RoomListItem::of)
                .toList();
        return new Reply("get_room_list", items);
    }
}

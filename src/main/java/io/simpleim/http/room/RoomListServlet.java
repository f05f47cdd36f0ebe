package io.simpleim.http.room;

import io.simpleim.api.Params;
import io.simpleim.api.Reply;
import io.simpleim.conversation.ConversationService;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import io.simpleim.model.RoomType;

/** {@code GET /rm/room/get_room_list}: the rooms that the caller is in, the latest activity first. */
public final class RoomListServlet extends JsonServlet {
    private static final long ALL_TYPES = 0;

    private final transient ConversationService conversations;

    public RoomListServlet(ConversationService conversations) {
        this.conversations = conversations;
    }

    @Override
    protected Reply handle(RequestContext context) {
        Params params = context.params();
        long type = params.number("room_type", RoomType.SINGLE, RoomType.GROUP).orElse(ALL_TYPES);
        String userId = context.session().userId();
        return new Reply("get_room_list", conversations.list(userId, (int) type, params.page(), params.pageSize()));
    }
}

package io.simpleim.http.room;

import io.simpleim.api.Params;
import io.simpleim.api.Reply;
import io.simpleim.conversation.MemberService;
import io.simpleim.http.JsonServlet;
import io.simpleim.http.RequestContext;
import java.util.List;

/** {@code GET /rm/room/get_room_member_list}: the members of a room that the caller is in, oldest member first. */
public final class MemberListServlet extends JsonServlet {
    private final transient MemberService members;

    public MemberListServlet(MemberService members) {
        this.members = members;
    }

    @Override
    protected Reply handle(RequestContext context) {
        Params params = context.params();
        String roomId = params.required("room_id");
        String userId = context.session().userId();
        List<MemberListItem> items = members.list(userId, roomId, params.page(), params.pageSize()).stream()
                .map(MemberListItem::of)
                .toList();
        return new Reply("get_room_member_list", items);
    }
}

package io.simpleim.push;

/** The event {@link PushType#DISCONNECT} as it stands on the wire. */
record DisconnectPush(int messageType, String event, String reason) {
    DisconnectPush(CloseCode code) {
        this(PushType.DISCONNECT.messageType(), PushType.DISCONNECT.event(), code.reason());
    }
}

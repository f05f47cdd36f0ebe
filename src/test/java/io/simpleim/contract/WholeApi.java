package io.simpleim.contract;

/** Every group of tests of the published API. A class that implements it says on which deployment they are run. */
interface WholeApi
        extends HealthContract,
                LoginContract,
                SessionsContract,
                TokenPlacesContract,
                BodyFormsContract,
                EnvelopeContract,
                StatusContract,
                SecurityHeadersContract,
                ParametersContract,
                RefusalsContract,
                SingleMessageContract,
                RoomContract,
                PushContract,
                OfflinePushContract,
                CursorContract,
                SyncContract,
                EventsContract,
                FramesContract,
                PingContract,
                RoomListContract,
                HistoryContract,
                CollectionsContract,
                SlowClientsContract {}

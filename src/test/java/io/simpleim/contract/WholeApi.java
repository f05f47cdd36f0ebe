package io.simpleim.contract;

/** Every group of tests of the published API. A class that implements it says on which deployment they are run. */
interface WholeApi
        extends HealthContract,
                LoginContract,
                TokenPlacesContract,
                BodyFormsContract,
                EnvelopeContract,
                StatusContract,
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
                HostileRequestsContract,
                HostilePathsContract,
                HostileFramesContract,
                HostileValuesContract {}

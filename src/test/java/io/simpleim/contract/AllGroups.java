package io.simpleim.contract;

/** Every group of tests of the API. */
interface AllGroups
        extends LoginContract,
                TokenPlacesContract,
                BodyFormsContract,
                EnvelopeContract,
                StatusContract,
                ParametersContract,
                RefusalsContract,
                SingleMessageContract,
                RoomContract,
                PushContract,
                FramesContract,
                RoomListContract,
                HistoryContract,
                CollectionsContract {}

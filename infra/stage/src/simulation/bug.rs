//! Faults of the program that are built in on request, to prove that runs find them.

/// A fault of the program, to prove that runs find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bug {
    /// The publisher is answered before its event is written.
    AnswersBeforeWriting,
    /// An event is forgotten before it was delivered.
    ForgetsBeforeDelivering,
    /// Deduplication ids do not survive a crash.
    ForgetsDeduplication,
    /// A dead letter leaves its queue in one write and arrives in another.
    MovesInTwoWrites,
    /// Messages are deleted when they are received.
    DeletesBeforeHandling,
    /// Failures that a function reports are not read.
    IgnoresReports,
    /// A received message stays visible.
    HidesNothing,
    /// The consumer does not look whether it did something already.
    HandlesTwice,
    /// The consumer of a FIFO queue goes on after a failure.
    GoesOnAfterFailure,
}

impl Bug {
    /// All of them, and whether a FIFO queue shows it.
    pub(super) const ALL: [(Self, bool); 9] = [
        (Self::AnswersBeforeWriting, false),
        (Self::ForgetsBeforeDelivering, false),
        (Self::ForgetsDeduplication, true),
        (Self::MovesInTwoWrites, false),
        (Self::DeletesBeforeHandling, false),
        (Self::IgnoresReports, false),
        (Self::HidesNothing, false),
        (Self::HandlesTwice, false),
        (Self::GoesOnAfterFailure, true),
    ];
}

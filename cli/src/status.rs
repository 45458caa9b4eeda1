//! Exit statuses, and the errors that carry one.

use prill_core::RegistryError;
use prill_core::registry::UnknownFormat;

/// What the exit status says: see `EXIT_STATUS` in [`crate::args`] for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Status {
    /// All is well.
    Fine = 0,
    /// A check or the payload failed, timed out or was inconclusive.
    Failed = 1,
    /// What was asked for makes no sense.
    Usage = 2,
    /// The format should have given metrics and gave none.
    NoMetrics = 3,
    /// The payload could not be started, or its result not be kept.
    NotStarted = 4,
    /// A signal asked prill to end.
    Interrupted = 130,
}

impl Status {
    /// The status of two runs together: an interruption says most, then what failed, then what had no metrics.
    pub(crate) fn worse(self, other: Self) -> Self {
        let rank = |status| {
            [Self::Fine, Self::NoMetrics, Self::Failed, Self::Usage, Self::NotStarted, Self::Interrupted]
                .iter()
                .position(|s| *s == status)
        };
        if rank(other) > rank(self) { other } else { self }
    }
}

/// An error that ends the command, and the exit status it ends with.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: Status,
    pub(crate) error: anyhow::Error,
}

impl Failure {
    pub(crate) fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self { status: Status::Usage, error: error.into() }
    }

    pub(crate) fn not_started(error: impl Into<anyhow::Error>) -> Self {
        Self { status: Status::NotStarted, error: error.into() }
    }
}

impl From<UnknownFormat> for Failure {
    fn from(error: UnknownFormat) -> Self {
        Self::usage(error)
    }
}

impl From<RegistryError> for Failure {
    fn from(error: RegistryError) -> Self {
        Self::not_started(error)
    }
}

impl From<std::io::Error> for Failure {
    /// Only results are written with `?`: a failed one means that a result is lost.
    fn from(error: std::io::Error) -> Self {
        Self::not_started(anyhow::Error::new(error).context("write the result"))
    }
}

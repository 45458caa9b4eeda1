use prill_core::{AssertResult, PayloadMetrics};

use crate::Result;

/// What a test body may return.
#[diagnostic::on_unimplemented(
    message = "a test body cannot return `{Self}`",
    note = "it returns nothing, an `AssertResult`, what `run()` gives, or a `prill::Result` of one of these"
)]
pub trait IntoVerdict {
    /// The verdict; nothing is a verdict without outcomes, which passes.
    ///
    /// # Errors
    /// The body's own.
    fn into_verdict(self) -> Result<AssertResult>;
}

impl IntoVerdict for () {
    fn into_verdict(self) -> Result<AssertResult> {
        Ok(AssertResult::new())
    }
}

impl IntoVerdict for AssertResult {
    fn into_verdict(self) -> Result<AssertResult> {
        Ok(self)
    }
}

impl IntoVerdict for (AssertResult, PayloadMetrics) {
    fn into_verdict(self) -> Result<AssertResult> {
        Ok(self.0)
    }
}

impl<T: IntoVerdict, E: Into<anyhow::Error>> IntoVerdict for Result<T, E> {
    fn into_verdict(self) -> Result<AssertResult> {
        self.map_err(Into::into)?.into_verdict()
    }
}

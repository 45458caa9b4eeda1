use std::ops::Deref;
use std::sync::Arc;

use prill_core::{Context, RegistryError};
use prill_records::{RecordError, Recording};

use crate::test::Keeper;

/// What a test body gets: [`Context::payload`] begins a run; `registry`, `cgroups` and `recorder` are what the run uses.
///
/// Threads may share it.
///
/// ```
/// # use prill::prelude::*;
/// # fn main() -> Result<()> {
/// let ctx = Ctx::local()?;
/// let run = ctx.payload(&prill::payloads::PINGPONG).args(["-r", "0.1"]);
/// # drop(run); Ok(()) }
/// ```
#[derive(Debug)]
pub struct Ctx {
    context: Context,
    recording: Option<Arc<Recording>>,
}

impl Ctx {
    /// The context of a program that is no test: with all linked formats, and with nobody who keeps the results.
    ///
    /// # Errors
    /// When no format is linked, or two have one name.
    pub fn local() -> Result<Self, RegistryError> {
        Context::linked().map(Self::new)
    }

    /// A context that was put together by hand.
    #[must_use]
    pub fn new(context: Context) -> Self {
        Self { context, recording: None }
    }

    /// As [`Ctx::local`], with results kept by `keeper`.
    pub(crate) fn kept(keeper: &Arc<Keeper>) -> Result<Self, RegistryError> {
        let mut context = Context::linked()?;
        context.recorder = Some(Arc::<Keeper>::clone(keeper));
        Ok(Self { context, recording: keeper.recording.clone() })
    }

    /// Says in the record of the test what is varied: how many threads, which device. Runs are compared where all of it is the
    /// same.
    ///
    /// ```
    /// # use prill::prelude::*;
    /// # fn main() -> Result<()> {
    /// # let ctx = Ctx::local()?;
    /// ctx.parameter("threads", 8)?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// When it cannot be recorded.
    #[expect(clippy::needless_pass_by_value, reason = "a caller writes a number or a text, and no reference to it")]
    pub fn parameter(&self, key: &str, value: impl ToString) -> Result<(), RecordError> {
        self.recording.as_ref().map_or(Ok(()), |recording| recording.parameter(key, &value.to_string()))
    }
}

impl Deref for Ctx {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.context
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_may_share_it() {
        fn shared<T: Send + Sync>() {}
        shared::<Ctx>();
    }

    #[test]
    fn it_knows_the_linked_formats() {
        let ctx = Ctx::local().unwrap();
        assert!(ctx.registry.names().any(|name| name == "pingpong"), "{:?}", ctx.registry);
        assert!(ctx.recorder.is_none());
    }
}

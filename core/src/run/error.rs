/// A payload that `run` and `spawn` refuse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "run the scheduler `{name}` as a payload: schedulers are launched by the framework, at test start; write \
     #[prill::test(scheduler = ...)] and run a program under it"
)]
pub struct NotRunnable {
    /// The payload's name.
    pub name: &'static str,
}

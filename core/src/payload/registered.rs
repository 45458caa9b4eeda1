use super::Payload;

/// A payload that a crate declared for the command line.
pub struct RegisteredPayload {
    /// The declaration.
    pub payload: &'static Payload,
    /// One line for a list of payloads.
    pub summary: &'static str,
}

inventory::collect!(RegisteredPayload);

/// Declares a payload that `prill run NAME` finds in every program that links this crate.
///
/// `register_payload!(&FIO, "flexible I/O tester")`
#[macro_export]
macro_rules! register_payload {
    ($payload:expr, $summary:expr) => {
        $crate::__private::inventory::submit! {
            $crate::RegisteredPayload { payload: $payload, summary: $summary }
        }
    };
}

/// The declared payloads that are linked, sorted by name.
#[must_use]
pub fn registered() -> Vec<&'static RegisteredPayload> {
    let mut all: Vec<_> = inventory::iter::<RegisteredPayload>().collect();
    all.sort_by_key(|p| p.payload.name);
    all
}

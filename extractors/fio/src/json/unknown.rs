use std::cell::Cell;

use prill_core::MetricSink;

use super::node::Node;

/// A number stands under a key that no version of fio known here prints.
const UNKNOWN_KEY: &str = "unknown-key";

/// The members of a report that nobody knows.
#[derive(Default)]
pub(super) struct Unknown<'t> {
    first: Cell<Option<&'t str>>,
    count: Cell<usize>,
}

impl<'t> Unknown<'t> {
    /// Takes a member; one without a number is nobody's business.
    pub(super) fn add(&self, node: Node<'_, 't>, out: &mut MetricSink) {
        if node.has_number() {
            out.ignore(node.text(), "a member that is not known to be fio's");
            self.first.set(self.first.get().or(Some(node.key())));
            self.count.set(self.count.get() + 1);
        }
    }

    /// Says once that there are some.
    pub(super) fn say(&self, out: &mut MetricSink) {
        if let Some(key) = self.first.get() {
            let message =
                format!("{} members are not known to be fio's and not read, the first of them `{key}`", self.count.get());
            out.note(UNKNOWN_KEY, key, message);
        }
    }
}

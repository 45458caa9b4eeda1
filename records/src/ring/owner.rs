//! The process that writes a ring.

use std::fmt;

use prill_core::process::lifetime::{namespace, start_time};

/// A process, told apart from any other that ever had its number. The number means something in its namespace only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    /// Its process id.
    pub pid: u32,
    /// When it started, in clock ticks after boot.
    pub started: u64,
    /// The inode of its pid namespace, 0 where `/proc` is not mounted.
    pub namespace: u64,
}

impl Owner {
    /// This process.
    pub fn this_process() -> Self {
        let pid = std::process::id();
        Self { pid, started: start_time(pid).unwrap_or(0), namespace: namespace() }
    }

    /// Whether the process is there; `None` when it is of another namespace, so that nobody can say from here.
    pub fn is_alive(&self) -> Option<bool> {
        (self.namespace == namespace()).then(|| start_time(self.pid) == Some(self.started))
    }

    pub(super) fn to_words(self) -> [u64; 3] {
        [u64::from(self.pid), self.started, self.namespace]
    }

    pub(super) fn from_words([pid, started, namespace]: [u64; 3]) -> Option<Self> {
        let pid = u32::try_from(pid).ok().filter(|pid| *pid != 0)?;
        Some(Self { pid, started, namespace })
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}", self.pid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_told_from_another_with_its_number() {
        let this = Owner::this_process();
        assert_eq!(this.is_alive(), Some(true));
        assert_eq!(Owner { started: this.started + 1, ..this }.is_alive(), Some(false));
        assert_eq!(Owner { pid: 4_194_999, ..this }.is_alive(), Some(false), "no such process");
        assert_eq!(Owner { namespace: this.namespace + 1, ..this }.is_alive(), None);
        assert_eq!(Owner::from_words(this.to_words()), Some(this));
        assert_eq!(Owner::from_words([0, 1, 1]), None);
        assert_eq!(Owner::from_words([1 << 32, 1, 1]), None);
    }
}

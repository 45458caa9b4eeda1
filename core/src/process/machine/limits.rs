//! What a process may have at once.

use super::super::capture;
use super::Machine;

/// A soft and a hard limit; `None` is unlimited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What holds now.
    pub soft: Option<u64>,
    /// What it may be raised to.
    pub hard: Option<u64>,
}

/// The limits of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Open files (`RLIMIT_NOFILE`).
    pub open_files: Option<Limit>,
    /// Processes of this user (`RLIMIT_NPROC`).
    pub processes: Option<Limit>,
}

/// The limits of pipes (pipe(7)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PipeLimits {
    /// Bytes that an unprivileged process may give a pipe (`fs.pipe-max-size`).
    pub max_size: Option<u64>,
    /// Pages of all pipes of a user, beyond which new ones are small (`fs.pipe-user-pages-soft`; 0 is no limit).
    pub user_pages_soft: Option<u64>,
}

impl Machine {
    /// From `/proc/self/limits` (proc_pid_limits(5)).
    #[must_use]
    pub fn limits(&self) -> Limits {
        let text = self.text("proc/self/limits").unwrap_or_default();
        let of = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).and_then(limit);
        Limits { open_files: of("Max open files"), processes: of("Max processes") }
    }

    /// From `/proc/sys/fs`.
    #[must_use]
    pub fn pipes(&self) -> PipeLimits {
        PipeLimits {
            max_size: self.value("proc/sys/fs/pipe-max-size"),
            user_pages_soft: self.value("proc/sys/fs/pipe-user-pages-soft"),
        }
    }
}

/// `            1024                 524288               files`.
fn limit(columns: &str) -> Option<Limit> {
    let mut columns = columns.split_whitespace().map(|column| match column {
        "unlimited" => Some(None),
        number => number.parse().ok().map(Some),
    });
    Some(Limit { soft: columns.next()??, hard: columns.next()?? })
}

/// Makes the pipe that a payload's output goes to, and gives the bytes it holds, and those that were asked for.
///
/// # Errors
/// What pipe2(2) says.
pub fn try_pipe() -> std::io::Result<(usize, usize)> {
    let (read, _write) = capture::pipe()?;
    Ok((rustix::pipe::fcntl_getpipe_size(&read)?, capture::PIPE_BYTES))
}

#[cfg(test)]
mod tests {
    use super::super::fake::machine;
    use super::*;

    #[test]
    fn limits_are_numbers_or_unlimited() {
        let text = "Limit                     Soft Limit           Hard Limit           Units     \n\
                    Max processes             unlimited            unlimited            processes \n\
                    Max open files            1024                 524288               files     \n";
        let (_dir, machine) = machine(&[("proc/self/limits", text)]);
        let limits = machine.limits();
        assert_eq!(limits.open_files, Some(Limit { soft: Some(1024), hard: Some(524_288) }));
        assert_eq!(limits.processes, Some(Limit { soft: None, hard: None }));
    }

    #[test]
    fn a_pipe_is_as_large_as_its_user_may_make_it() {
        let (holds, asked) = try_pipe().unwrap();
        assert!(holds > 0 && asked == 1 << 20);
        let limits = Machine::here().pipes();
        assert!(limits.max_size.is_some() && limits.user_pages_soft.is_some());
    }
}

//! What the warden does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process_group};

use super::super::{builtin, cgroup, cookie};
use super::{deaf, desk};

/// The builtin that is the warden. The dot keeps it out of the users' names.
pub(super) const NAME: &str = ".warden";

inventory::submit! {
    builtin::Builtin { name: NAME, run: keep }
}

/// Sleeps until the harness is gone, then kills what it left.
fn keep() -> i32 {
    deaf::become_warden();
    let mut book = Book::default();
    loop {
        let (line, bell) = (rustix::stdio::stdin(), rustix::stdio::stdout());
        // No event is asked for on the line: messages do not wake the warden, only the end does.
        let mut polled = [PollFd::new(&line, PollFlags::empty()), PollFd::new(&bell, PollFlags::IN)];
        match poll(&mut polled, None) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(_) => return 1,
        }
        let [ended, rung] = polled.map(|file| !file.revents().is_empty());
        if rung {
            let _ = rustix::io::read(bell, &mut [0; 64]);
        }
        book.read(line);
        if ended {
            book.close();
            return 0;
        }
    }
}

/// What the warden knows.
#[derive(Default)]
struct Book {
    text: Vec<u8>,
    /// Begins the cookie of each run.
    prefix: String,
    runs: BTreeMap<u64, Run>,
    made: BTreeSet<PathBuf>,
}

#[derive(Default)]
struct Run {
    group: Option<Pid>,
    cgroup: Option<PathBuf>,
}

impl Book {
    /// Reads all messages that are there.
    fn read(&mut self, line: std::os::fd::BorrowedFd<'_>) {
        let mut chunk = [0; 4096];
        while let Ok(count @ 1..) = rustix::io::read(line, &mut chunk) {
            self.text.extend_from_slice(&chunk[..count]);
            while let Some(end) = self.text.iter().position(|byte| *byte == b'\n') {
                let message: Vec<u8> = self.text.drain(..=end).collect();
                self.note(&message[..end]);
            }
        }
    }

    fn note(&mut self, message: &[u8]) {
        let (verb, rest) = split(message);
        let path = |bytes: &[u8]| PathBuf::from(std::ffi::OsStr::from_bytes(bytes));
        match verb {
            b"prefix" => self.prefix = String::from_utf8_lossy(rest).into_owned(),
            b"made" => drop(self.made.insert(path(rest))),
            b"removed" => drop(self.made.remove(&path(rest))),
            _ => {
                let (id, rest) = split(rest);
                let Some(id) = number(id) else { return };
                match verb {
                    b"begin" => {
                        let cgroup = (!rest.is_empty()).then(|| path(rest));
                        self.runs.insert(id, Run { group: None, cgroup });
                    }
                    b"group" => {
                        let group = number(rest).and_then(|group| Pid::from_raw(i32::try_from(group).ok()?));
                        self.runs.entry(id).or_default().group = group;
                    }
                    b"end" => drop(self.runs.remove(&id)),
                    _ => {}
                }
            }
        }
    }

    /// Kills every run that has not ended, and removes every cgroup that was not removed.
    fn close(&self) {
        let cookies: Vec<String> = self.runs.keys().map(|id| desk::cookie(&self.prefix, *id)).collect();
        let cookies: Vec<&str> = cookies.iter().map(String::as_str).collect();
        for run in self.runs.values() {
            if let Some(cgroup) = &run.cgroup {
                let _ = kill_cgroup(cgroup);
            }
            if let Some(group) = run.group {
                let _ = kill_process_group(group, Signal::KILL);
            }
        }
        cookie::hunt(&cookies);
        for made in &self.made {
            let _ = cgroup::kill_and_remove(made);
        }
    }
}

fn kill_cgroup(path: &Path) -> io::Result<()> {
    fs::write(path.join("cgroup.kill"), "1")
}

fn split(message: &[u8]) -> (&[u8], &[u8]) {
    match message.iter().position(|byte| *byte == b' ') {
        Some(space) => (&message[..space], &message[space + 1..]),
        None => (message, b""),
    }
}

fn number(text: &[u8]) -> Option<u64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_book_follows_the_messages() {
        let mut book = Book::default();
        for message in [
            "prefix 5-a-",
            "begin 1",
            "begin 2 /sys/fs/cgroup/a b",
            "group 1 77",
            "group 2 78",
            "end 1",
            "made /x",
            "made /y",
            "removed /x",
        ] {
            book.note(message.as_bytes());
        }
        assert_eq!(book.prefix, "5-a-");
        assert_eq!(book.runs.keys().collect::<Vec<_>>(), [&2]);
        assert_eq!(book.runs[&2].cgroup.as_deref(), Some(Path::new("/sys/fs/cgroup/a b")));
        assert_eq!(book.runs[&2].group, Pid::from_raw(78));
        assert_eq!(book.made, BTreeSet::from([PathBuf::from("/y")]));
    }
}

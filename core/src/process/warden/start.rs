//! Starting the warden: this executable again, which becomes the warden before its `main`.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::time::SystemTime;

use rustix::fs::{OFlags, fcntl_setfl};
use rustix::pipe::{PipeFlags, pipe_with};

use super::super::{builtin, cookie};
use super::{desk::Desk, keeper};

pub(super) fn start() -> io::Result<Desk> {
    if !hooked_executable() {
        return Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "prill is not linked into the executable itself (a plug-in or another language's module?), so that it cannot be executed again as its own warden",
        ));
    }
    let owner = std::process::id();
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let prefix = format!("{owner:x}-{:x}-", since.as_nanos());
    let (line_end, line) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
    let (bell_end, bell) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
    fcntl_setfl(&bell, OFlags::NONBLOCK)?;
    // The child is never waited for: it ends after this process.
    let warden = Command::new("/proc/self/exe")
        .arg0("prill-warden")
        .env(builtin::VARIABLE, keeper::NAME)
        // Without it, a run that this process is the payload of does not find the warden, whose work begins when it kills this.
        .env_remove(cookie::VARIABLE)
        .current_dir("/")
        .process_group(0)
        .stdin(line_end)
        .stdout(bell_end)
        .stderr(Stdio::null())
        .spawn()?;
    drop(warden);
    let desk = Desk { owner, prefix, line, bell };
    desk.send(format!("prefix {}\n", desk.prefix).as_bytes())?;
    Ok(desk)
}

/// Whether this code is part of the executable, and not of a library that some other executable has loaded: that one
/// would not become a warden but run its own `main`.
fn hooked_executable() -> bool {
    let (Ok(executable), Ok(maps)) = (fs::read_link("/proc/self/exe"), fs::read_to_string("/proc/self/maps")) else {
        return false;
    };
    let here = hooked_executable as fn() -> bool as usize;
    maps.lines().any(|line| holds(line, here) && line.ends_with(&*executable.to_string_lossy()))
}

/// Whether a line of `/proc/self/maps` covers an address: `55e0c000-55e0f000 r-xp 00002000 fe:00 123  /usr/bin/x`.
fn holds(line: &str, address: usize) -> bool {
    let range = line.split(' ').next().and_then(|range| range.split_once('-'));
    range.is_some_and(|(from, to)| {
        let bound = |text| usize::from_str_radix(text, 16).ok();
        bound(from).is_some_and(|from| from <= address) && bound(to).is_some_and(|to| address < to)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_binary_is_hooked() {
        assert!(hooked_executable());
    }

    #[test]
    fn a_mapping_covers_its_own_addresses_only() {
        let line = "1000-2000 r-xp 00000000 fe:00 1 /bin/x";
        assert!(holds(line, 0x1000) && holds(line, 0x1fff));
        assert!(!holds(line, 0x2000) && !holds(line, 0xfff));
    }
}

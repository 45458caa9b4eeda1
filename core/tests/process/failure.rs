//! What keeps a payload from starting, said in words that help.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use prill_core::process::cgroup::Cgroups;
use prill_core::process::{Command, End, SpawnError};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

macro_rules! each_is {
    ($command:expr, $kind:pat, $says:expr) => {
        let error = $command.spawn().unwrap_err();
        assert!(matches!(error, $kind), "{error:?}");
        assert!(error.to_string().contains($says), "{error}");
        assert!(error.to_string().starts_with("start "), "{error}");
    };
}

fn file(dir: &Path, name: &str, text: &[u8], mode: u32) -> std::path::PathBuf {
    let path = dir.join(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path
}

scenario! {
    fn each_kind_of_failure_is_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        each_is!(Command::new("prill-nothing"), SpawnError::Missing { searched: Some(_), .. }, "no such program in PATH");
        each_is!(Command::new(dir.join("nothing")), SpawnError::Missing { searched: None, .. }, "nothing");
        each_is!(Command::new(""), SpawnError::Missing { .. }, "no such program");

        let plain = file(dir, "plain", b"#!/bin/sh\n", 0o644);
        each_is!(Command::new(&plain), SpawnError::NotExecutable { .. }, "chmod +x");
        each_is!(Command::new("plain").env("PATH", dir), SpawnError::NotExecutable { .. }, "chmod +x");
        each_is!(Command::new(dir), SpawnError::NotExecutable { .. }, "no executable file");

        let script = file(dir, "script", b"#!/no/such/interpreter -x\n", 0o755);
        each_is!(Command::new(&script), SpawnError::BadInterpreter { .. }, "/no/such/interpreter");
        let program = elf_with_loader(dir, "/no/such/loader.so");
        each_is!(Command::new(&program), SpawnError::BadInterpreter { .. }, "/no/such/loader");

        let garbage = file(dir, "garbage", b"\x7fnot a program", 0o755);
        each_is!(Command::new(&garbage), SpawnError::BadFormat { .. }, "#! line");

        each_is!(Command::new("true").arg("x".repeat(8 << 20)), SpawnError::ArgumentsTooLong { .. }, "bytes of arguments");
        each_is!(Command::new("true").arg("a\0b"), SpawnError::Nul { .. }, "NUL");
        each_is!(Command::new("true").env("A=B", ""), SpawnError::BadVariable { .. }, "A=B");
        each_is!(Command::new("true").current_dir(dir.join("away")), SpawnError::CurrentDir { .. }, "away");
        each_is!(Command::new("true").current_dir(&plain), SpawnError::CurrentDir { .. }, "plain");
    }
}

scenario! {
    fn a_program_that_is_being_written_is_busy() {
        let dir = tempfile::tempdir().unwrap();
        let path = file(dir.path(), "busy", &fs::read("/bin/true").unwrap(), 0o755);
        let open = fs::File::options().append(true).open(&path).unwrap();
        each_is!(Command::new(&path), SpawnError::TextBusy { .. }, "open for writing");
        drop(open);
        assert_eq!(Command::new(&path).run(None).unwrap().end, End::Exited(0));
    }
}

scenario! {
    fn a_place_that_cannot_be_taken_is_named() {
        let error = Command::new("true").affinity([4000]).spawn().unwrap_err();
        assert!(matches!(error, SpawnError::Affinity { .. }) && error.to_string().contains("4000"), "{error}");
        let error = Command::new("true").affinity([]).spawn().unwrap_err();
        assert!(matches!(error, SpawnError::Affinity { .. }), "{error}");

        let cgroups = Cgroups::new();
        let gone = cgroups.create("gone").unwrap();
        fs::remove_dir(gone.path()).unwrap();
        let error = Command::new("true").cgroup(&gone).spawn().unwrap_err();
        assert!(matches!(error, SpawnError::Cgroup { .. }) && error.to_string().contains("gone"), "{error}");
    }
}

scenario! {
    fn the_descriptor_limit_is_named_and_nothing_leaks() {
        let before = getrlimit(Resource::Nofile);
        let open = fs::read_dir("/proc/self/fd").unwrap().count() as u64;
        for room in 0..12 {
            setrlimit(Resource::Nofile, Rlimit { current: Some(open + room), ..before }).unwrap();
            let outcome = Command::new("true").spawn();
            setrlimit(Resource::Nofile, before).unwrap();
            match outcome {
                Ok(running) => assert_eq!(running.wait(None).unwrap().end, End::Exited(0)),
                Err(error @ SpawnError::Limit { .. }) => assert!(error.to_string().contains("ulimit -n"), "{error}"),
                Err(error) => panic!("with room for {room}: {error:?}"),
            }
        }
    }
}

/// A program with a loader that is not there, or as good: the loader's name in a real program is overwritten.
fn elf_with_loader(dir: &Path, loader: &str) -> std::path::PathBuf {
    let mut bytes = fs::read("/bin/true").unwrap();
    let word = |bytes: &[u8], at: usize| usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())).unwrap();
    let table = word(&bytes, 32);
    let header = (table..).step_by(56).find(|at| bytes[*at..*at + 4] == [3, 0, 0, 0]).unwrap();
    let (offset, length) = (word(&bytes, header + 8), word(&bytes, header + 32));
    let name = &mut bytes[offset..offset + length];
    name.fill(0);
    name[..loader.len()].copy_from_slice(loader.as_bytes());
    file(dir, "loaderless", &bytes, 0o755)
}

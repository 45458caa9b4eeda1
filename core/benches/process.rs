//! What the process engine costs, as ratios taken in one run: `cargo bench -p prill-core --bench process`.
//!
//! Contenders take turns, so that a noisy machine is noisy for all of them, and medians are compared.
#![allow(unsafe_code)]

use std::ffi::CString;
use std::fs;
use std::io::{Read as _, Write as _};
use std::mem::MaybeUninit;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use prill_core::process::cgroup::Cgroups;
use prill_core::process::{Command, End, builtin_command};

prill_core::register_builtin!("flood", flood);
prill_core::register_builtin!("tick", tick);

const FLOOD_BYTES: usize = 2 << 30;
const TICKS: u64 = 50_000;
const TICK: Duration = Duration::from_micros(100);

fn main() {
    if std::env::args().any(|arg| arg == "--list") {
        return;
    }
    let dir = tempfile::tempdir().expect("a place for the tiny program");
    let tiny = tiny_program(dir.path());
    starts(&tiny, "small harness");
    let ballast = vec![1_u8; 4 << 30];
    starts(&tiny, "harness with 4 GiB resident");
    drop(std::hint::black_box(ballast));
    disturbance();
    throughput();
}

/// One run of a tiny program: ours against the least there is, and in a cgroup against without.
fn starts(tiny: &Path, harness: &str) {
    let cgroups = Cgroups::new();
    let cgroup = cgroups.create("bench").expect("cgroup v2");
    let plain = Command::new(tiny);
    let inside = plain.clone().cgroup(&cgroup);
    let path = CString::new(tiny.as_os_str().as_encoded_bytes()).expect("no NUL");
    let mut peer = std::process::Command::new(tiny);
    let [spawn, output, run, in_cgroup] = medians(
        1000,
        [
            &mut || posix_spawn(&path),
            &mut || assert!(peer.output().expect("it runs").status.success()),
            &mut || assert_eq!(plain.run(None).expect("it runs").end, End::Exited(0)),
            &mut || {
                assert_eq!(inside.run(None).expect("it runs").end, End::Exited(0));
            },
        ],
    );
    println!("one run of a tiny program, {harness}:");
    println!("  posix_spawn + waitpid  {spawn:>10.1?}");
    println!("  std's Command::output  {output:>10.1?}  {:.2} times", ratio(output, spawn));
    println!("  run()                  {run:>10.1?}  {:.2} times", ratio(run, spawn));
    println!("  run() in a cgroup      {in_cgroup:>10.1?}  {:.2} times run()", ratio(in_cgroup, run));
}

/// A payload that prints a line every 100 us.
fn disturbance() {
    let before = thread_usage();
    let started = Instant::now();
    let ended = builtin_command("tick").run(None).expect("it runs");
    let (seconds, after) = (started.elapsed().as_secs_f64(), thread_usage());
    assert_eq!(ended.end, End::Exited(0));
    let lines = ended.stdout.head().iter().filter(|byte| **byte == b'\n').count();
    let wakeups = (after.0 - before.0) as f64 / seconds;
    let cpu = (after.1 - before.1).as_secs_f64() / seconds * 100.0;
    println!("a payload that prints {:.0} lines a second:", lines as f64 / seconds);
    println!("  the harness wakes up {wakeups:.1} times a second and takes {cpu:.3} % of one core");
}

/// Two gigabytes on stdout.
fn throughput() {
    let ours = builtin_command("flood").output_limit(16 << 20);
    let everything = builtin_command("flood");
    let [threads, limited, whole] = medians(
        3,
        [
            &mut two_threads,
            &mut || assert_eq!(ours.run(None).expect("it runs").stdout.written(), FLOOD_BYTES as u64),
            &mut || assert_eq!(everything.run(None).expect("it runs").stdout.written(), FLOOD_BYTES as u64),
        ],
    );
    let rate = |took: Duration| FLOOD_BYTES as f64 / took.as_secs_f64() / 1e9;
    println!("2 GiB through a pipe:");
    println!("  two threads with read_to_end  {:.2} GB/s", rate(threads));
    println!("  run(), limit of 16 MiB        {:.2} GB/s  {:.2} times as fast", rate(limited), ratio(threads, limited));
    println!("  run(), all of it kept         {:.2} GB/s  {:.2} times as fast", rate(whole), ratio(threads, whole));
}

fn two_threads() {
    let mut child = std::process::Command::new("/proc/self/exe")
        .env("PRILL_BUILTIN", "flood")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let (mut stdout, mut stderr) = (child.stdout.take().expect("piped"), child.stderr.take().expect("piped"));
    let reader = std::thread::spawn(move || stderr.read_to_end(&mut Vec::new()));
    let mut bytes = Vec::new();
    stdout.read_to_end(&mut bytes).expect("it is read");
    assert_eq!(bytes.len(), FLOOD_BYTES);
    reader.join().expect("no panic").expect("it is read");
    child.wait().expect("it ends");
}

/// The median time of each contender, which take turns.
fn medians<const N: usize>(rounds: usize, mut contenders: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            let started = Instant::now();
            contender();
            times.push(started.elapsed());
        }
    }
    times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    })
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

fn flood() -> i32 {
    let chunk = vec![b'x'; 1 << 20];
    let mut out = std::io::stdout().lock();
    (0..FLOOD_BYTES / chunk.len()).for_each(|_| out.write_all(&chunk).expect("the pipe stays open"));
    0
}

fn tick() -> i32 {
    let started = Instant::now();
    for tick in 0..TICKS {
        println!("tick {tick}");
        std::thread::sleep((started + TICK * u32::try_from(tick).expect("few")).saturating_duration_since(Instant::now()));
    }
    0
}

unsafe extern "C" {
    static environ: *const *mut std::ffi::c_char;
}

fn posix_spawn(path: &CString) {
    let mut pid = 0;
    let argv = [path.as_ptr().cast_mut(), std::ptr::null_mut()];
    let mut status = 0;
    // SAFETY: the strings and arrays live through the call, and are null-terminated; both results go to live locals.
    unsafe {
        let failed = libc::posix_spawn(&raw mut pid, path.as_ptr(), std::ptr::null(), std::ptr::null(), argv.as_ptr(), environ);
        assert_eq!(failed, 0);
        assert_eq!(libc::waitpid(pid, &raw mut status, 0), pid);
    }
    assert_eq!(status, 0);
}

/// Times the calling thread went to sleep, and its CPU time.
fn thread_usage() -> (i64, Duration) {
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: getrusage(2) fills the live local, for which zeros are valid too.
    let usage = unsafe {
        libc::getrusage(libc::RUSAGE_THREAD, usage.as_mut_ptr());
        usage.assume_init()
    };
    let time = |time: libc::timeval| Duration::from_micros(time.tv_sec.unsigned_abs() * 1_000_000 + time.tv_usec.unsigned_abs());
    (usage.ru_nvcsw, time(usage.ru_utime) + time(usage.ru_stime))
}

/// The smallest program there is: an ELF file of one segment that calls exit(0). Elsewhere `true` has to do.
fn tiny_program(dir: &Path) -> std::path::PathBuf {
    if !cfg!(target_arch = "x86_64") {
        return "/bin/true".into();
    }
    const BASE: u64 = 0x40_0000;
    // mov edi, 0; mov eax, 60 (exit); syscall
    let code = [0x31, 0xff, 0xb8, 60, 0, 0, 0, 0x0f, 0x05];
    let mut elf = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
    let half = |elf: &mut Vec<u8>, values: &[u16]| values.iter().for_each(|value| elf.extend(value.to_le_bytes()));
    let word = |elf: &mut Vec<u8>, values: &[u32]| values.iter().for_each(|value| elf.extend(value.to_le_bytes()));
    let long = |elf: &mut Vec<u8>, values: &[u64]| values.iter().for_each(|value| elf.extend(value.to_le_bytes()));
    half(&mut elf, &[2, 62]); // executable, x86-64
    word(&mut elf, &[1]);
    long(&mut elf, &[BASE + 120, 64, 0]); // entry, program headers, no sections
    word(&mut elf, &[0]);
    half(&mut elf, &[64, 56, 1, 0, 0, 0]);
    word(&mut elf, &[1, 5]); // load, readable and executable
    let size = 120 + code.len() as u64;
    long(&mut elf, &[0, BASE, BASE, size, size, 0x1000]);
    elf.extend(code);
    let path = dir.join("tiny");
    fs::write(&path, elf).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("executable");
    path
}

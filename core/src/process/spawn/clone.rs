//! `clone3` with `CLONE_VM | CLONE_VFORK`: a child that shares this process's memory until it executes its program.
//!
//! Sharing makes the start cheap however large the harness is, and it is why the child may do next to nothing: it runs
//! on a stack of its own, allocates nothing, takes no lock and writes only to its own report. The calling thread stands
//! still meanwhile, and all its signals are blocked, so that no handler runs in the child.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::io;
use std::mem::{MaybeUninit, size_of};
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd, RawFd};
use std::ptr;

use rustix::process::Pid;
use rustix::thread::CpuSet;

use super::super::cgroup::Files;
use super::super::mask::Blocked;
use super::strings::Strings;

/// The child's stack, which lies on the caller's: the handful of system calls below needs a fraction of it.
const STACK_BYTES: usize = 16 << 10;

/// What the child is to do, in this order.
pub(super) struct Plan<'a> {
    pub(super) path: &'a CStr,
    pub(super) arguments: &'a Strings,
    pub(super) variables: &'a Strings,
    pub(super) dir: Option<&'a CStr>,
    /// What becomes its standard streams, all above 2; -1 leaves the caller's.
    pub(super) streams: [RawFd; 3],
    /// A cgroup's directory, and its `cgroup.procs` open for writing.
    pub(super) cgroup: Option<(RawFd, RawFd)>,
    pub(super) cpus: Option<CpuSet>,
    pub(super) nice: Option<i32>,
}

/// The step at which the child failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Clone,
    /// Killed before its first instruction.
    Begin,
    Group,
    Enter,
    Streams,
    Affinity,
    Nice,
    Dir,
    Execute,
}

/// Where and why the child failed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure {
    pub(super) step: Step,
    pub(super) errno: c_int,
}

/// The process, and its pidfd where the kernel gives it at once.
pub(super) type Born = (Pid, Option<OwnedFd>);

/// Starts a child that carries the plan out.
pub(super) fn start(plan: &Plan<'_>) -> Result<Born, Failure> {
    match start_by(Way::Clone3, plan) {
        // Before Linux 5.7 or under an old seccomp filter there is no clone3, or none that knows these flags.
        Err(Failure { step: Step::Clone, errno: libc::ENOSYS | libc::EINVAL | libc::E2BIG | libc::EPERM }) => {
            start_by(Way::Clone, plan)
        }
        // After `cgroup.kill` was once written to a cgroup, Linux (seen on 6.18) kills whatever is cloned into it at birth: the fork
        // compares the count of kills of the parent's cgroup with that of the child's (`kill_seq`, kernel/cgroup/cgroup.c). A
        // child that enters by itself is left alone.
        Err(Failure { step: Step::Begin, .. }) => start_by(Way::Clone, plan),
        born => born,
    }
}

/// Starts a child that has nothing to execute: all that comes before works where it fails at that.
pub(in crate::process) fn reaches_execution(way: Way, cgroup: Option<&Files>) -> io::Result<()> {
    let nothing = Strings::default();
    let plan = Plan {
        path: c"",
        arguments: &nothing,
        variables: &nothing,
        dir: None,
        streams: [-1; 3],
        cgroup: cgroup.map(|files| (files.dir.as_raw_fd(), files.procs.as_raw_fd())),
        cpus: None,
        nice: None,
    };
    match start_by(way, &plan) {
        Err(Failure { step: Step::Execute, .. }) => Ok(()),
        Err(Failure { errno, .. }) => Err(io::Error::from_raw_os_error(errno)),
        Ok((pid, _)) => {
            super::discard(pid);
            Err(io::Error::other("an empty path was executed"))
        }
    }
}

/// Which system call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::process) enum Way {
    /// Puts the child into its cgroup and clears its signal handlers.
    Clone3,
    /// Leaves both to the child.
    Clone,
}

/// Everything the child touches.
struct Work<'a> {
    plan: &'a Plan<'a>,
    way: Way,
    arguments: *const *const c_char,
    variables: *const *const c_char,
    /// Set by the child: it has come to life.
    begun: bool,
    failure: Option<Failure>,
}

fn start_by(way: Way, plan: &Plan<'_>) -> Result<Born, Failure> {
    let (arguments, variables) = (plan.arguments.pointers(), plan.variables.pointers());
    let mut work = Work { plan, way, arguments: arguments.as_ptr(), variables: variables.as_ptr(), begun: false, failure: None };
    let mut stack = [MaybeUninit::<u8>::uninit(); STACK_BYTES];
    let mut pidfd: c_int = -1;
    let blocked = Blocked::all();
    // SAFETY: `work` and `stack` live until the call returns, which CLONE_VFORK delays until the child has left this memory. The
    // child runs `child` on the stack with the pointer to `work`, which nothing else uses meanwhile.
    let result = unsafe { clone(way, stack.as_mut_ptr().cast(), &raw mut work, &mut pidfd, plan) };
    drop(blocked);
    let pid = match result {
        Ok(pid) => Pid::from_raw(pid).expect("the parent gets a positive id"),
        // `EBUSY` and `EOPNOTSUPP` are the cgroup's refusal, as are `EACCES` and `ENODEV`.
        Err(errno @ (libc::EBUSY | libc::EOPNOTSUPP | libc::EACCES | libc::ENODEV)) if plan.cgroup.is_some() => {
            return Err(Failure { step: Step::Enter, errno });
        }
        Err(errno) => return Err(Failure { step: Step::Clone, errno }),
    };
    // SAFETY: the kernel has opened this descriptor for the caller, and nothing else knows it.
    let pidfd = (pidfd >= 0).then(|| unsafe { OwnedFd::from_raw_fd(pidfd) });
    // The child wrote both behind the compiler's back.
    // SAFETY: reads of live locals.
    let (begun, failure) = unsafe { (ptr::read_volatile(&raw const work.begun), ptr::read_volatile(&raw const work.failure)) };
    let failure = if begun { failure } else { Some(Failure { step: Step::Begin, errno: libc::EINTR }) };
    match failure {
        None => Ok((pid, pidfd)),
        Some(failure) => {
            super::discard(pid);
            Err(failure)
        }
    }
}

/// Calls the kernel: gives the child's id, or the errno.
///
/// # Safety
/// `stack` must point to `STACK_BYTES` writable bytes, and `work` to a `Work`; both until the call returns.
unsafe fn clone(way: Way, stack: *mut u8, work: *mut Work<'_>, pidfd: &mut c_int, plan: &Plan<'_>) -> Result<c_int, c_int> {
    let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::CLONE_PIDFD;
    match way {
        // SAFETY: as this function's.
        Way::Clone3 => unsafe { clone3(flags, stack, work, pidfd, plan.cgroup.map(|(dir, _)| dir)) },
        Way::Clone => {
            // SAFETY: the top of the stack is one past its end and aligned as every ABI wants it.
            let result = unsafe {
                let top = stack.add(STACK_BYTES).map_addr(|top| top & !15);
                libc::clone(child, top.cast(), flags | libc::SIGCHLD, work.cast(), &raw mut *pidfd)
            };
            if result < 0 { Err(errno()) } else { Ok(result) }
        }
    }
}

/// The kernel's `struct clone_args` (clone3(2)), in its second version, which has the cgroup.
#[repr(C, align(8))]
#[derive(Default)]
struct CloneArgs {
    flags: u64,
    pidfd: u64,
    child_tid: u64,
    parent_tid: u64,
    exit_signal: u64,
    stack: u64,
    stack_size: u64,
    tls: u64,
    set_tid: u64,
    set_tid_size: u64,
    cgroup: u64,
}

/// Puts signal handlers, though not ignored signals, back to their default (Linux 5.5).
const CLONE_CLEAR_SIGHAND: u64 = 1 << 32;
/// Puts the child into the cgroup of `CloneArgs::cgroup` (Linux 5.7).
const CLONE_INTO_CGROUP: u64 = 1 << 33;

/// # Safety
/// As [`clone`].
unsafe fn clone3(
    flags: c_int,
    stack: *mut u8,
    work: *mut Work<'_>,
    pidfd: &mut c_int,
    cgroup: Option<RawFd>,
) -> Result<c_int, c_int> {
    let into = if cgroup.is_some() { CLONE_INTO_CGROUP } else { 0 };
    let args = CloneArgs {
        flags: u64::from(flags.cast_unsigned()) | CLONE_CLEAR_SIGHAND | into,
        pidfd: (&raw mut *pidfd).expose_provenance() as u64,
        exit_signal: u64::from(libc::SIGCHLD.cast_unsigned()),
        stack: stack.expose_provenance() as u64,
        // The kernel wants the size to leave the top aligned.
        stack_size: (STACK_BYTES - (stack.addr() + STACK_BYTES) % 16) as u64,
        cgroup: u64::from(cgroup.unwrap_or(0).cast_unsigned()),
        ..CloneArgs::default()
    };
    // SAFETY: the arguments are valid as above, and the child never returns from `child`.
    let result = unsafe { clone3_call(&args, work.cast()) };
    match c_int::try_from(result) {
        Ok(pid @ 1..) => Ok(pid),
        Ok(error) => Err(-error),
        Err(_) => Err(libc::ENOSYS),
    }
}

/// The system call, after which the child, on its new stack, cannot return into this function's frame.
///
/// # Safety
/// `args` must be valid for clone3 with a new stack, and `work` for [`child`].
#[cfg(target_arch = "x86_64")]
unsafe fn clone3_call(args: &CloneArgs, work: *mut c_void) -> isize {
    let mut result = libc::SYS_clone3 as isize;
    // SAFETY: in the parent this is one system call, which changes rax, rcx and r11. In the child rsp is the aligned top of the new
    // stack, and the call never comes back.
    unsafe {
        std::arch::asm!(
            "syscall",
            "test rax, rax",
            "jnz 2f",
            "xor ebp, ebp",
            "mov rdi, {work}",
            "call {child}",
            "ud2",
            "2:",
            work = in(reg) work,
            child = in(reg) child as extern "C" fn(*mut c_void) -> c_int,
            inlateout("rax") result,
            in("rdi") &raw const *args,
            in("rsi") size_of::<CloneArgs>(),
            out("rcx") _,
            out("r11") _,
        );
    }
    result
}

/// See above.
///
/// # Safety
/// As above.
#[cfg(target_arch = "aarch64")]
unsafe fn clone3_call(args: &CloneArgs, work: *mut c_void) -> isize {
    let mut result = (&raw const *args).addr() as isize;
    // SAFETY: in the parent this is one system call, which changes x0. In the child sp is the aligned top of the new stack, and the
    // call never comes back.
    unsafe {
        std::arch::asm!(
            "svc 0",
            "cbnz x0, 2f",
            "mov x29, xzr",
            "mov x0, {work}",
            "blr {child}",
            "brk 1",
            "2:",
            work = in(reg) work,
            child = in(reg) child as extern "C" fn(*mut c_void) -> c_int,
            inlateout("x0") result,
            in("x1") size_of::<CloneArgs>(),
            in("x8") libc::SYS_clone3,
        );
    }
    result
}

/// Elsewhere the wrapper of clone(2) has to do.
///
/// # Safety
/// None.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
unsafe fn clone3_call(_: &CloneArgs, _: *mut c_void) -> isize {
    -(libc::ENOSYS as isize)
}

/// The child's whole life until it executes its program.
extern "C" fn child(work: *mut c_void) -> c_int {
    // SAFETY: `start_by` passes its `Work` and stands still.
    let work = unsafe { &mut *work.cast::<Work<'_>>() };
    // SAFETY: a write to a live field; volatile because the reader is another process to the compiler.
    unsafe { ptr::write_volatile(&raw mut work.begun, true) };
    // SAFETY: as above; every pointer in it lives as long.
    let failure = unsafe { carry_out(work) };
    // SAFETY: as above.
    unsafe { ptr::write_volatile(&raw mut work.failure, Some(failure)) };
    // SAFETY: ends the child at once, without any of the parent's exit handlers.
    unsafe { libc::_exit(127) }
}

/// Does everything; comes back only when something failed.
///
/// # Safety
/// Only for the child: it changes the whole process.
unsafe fn carry_out(work: &Work<'_>) -> Failure {
    let plan = work.plan;
    let at = |step| Failure { step, errno: errno() };
    // SAFETY: system calls on the child's own process and descriptors, with pointers that live in `work`.
    unsafe {
        if libc::setpgid(0, 0) != 0 {
            return at(Step::Group);
        }
        if let (Way::Clone, Some((_, procs))) = (work.way, plan.cgroup)
            && libc::write(procs, c"0".as_ptr().cast(), 1) != 1
        {
            return at(Step::Enter);
        }
        for (file, standard) in plan.streams.iter().zip(0..) {
            if *file >= 0 && libc::dup2(*file, standard) < 0 {
                return at(Step::Streams);
            }
        }
        if let Some(cpus) = &plan.cpus
            && libc::sched_setaffinity(0, size_of::<CpuSet>(), (&raw const *cpus).cast()) != 0
        {
            return at(Step::Affinity);
        }
        if let Some(nice) = plan.nice
            && libc::setpriority(libc::PRIO_PROCESS, 0, nice) != 0
        {
            return at(Step::Nice);
        }
        if let Some(dir) = plan.dir
            && libc::chdir(dir.as_ptr()) != 0
        {
            return at(Step::Dir);
        }
        default_signals(work.way);
        libc::execve(plan.path.as_ptr(), work.arguments, work.variables);
    }
    at(Step::Execute)
}

/// Signals as a program expects them: none blocked, `SIGPIPE` (which Rust ignores) at its default, no handler left.
///
/// # Safety
/// Only for the child.
unsafe fn default_signals(way: Way) {
    // SAFETY: sigaction(2) and sigprocmask(2) on live locals; a zeroed sigaction is SIG_DFL without flags.
    unsafe {
        let default = MaybeUninit::<libc::sigaction>::zeroed();
        libc::sigaction(libc::SIGPIPE, default.as_ptr(), ptr::null_mut());
        if way == Way::Clone {
            for signal in 1..=libc::SIGRTMAX() {
                let mut current = MaybeUninit::<libc::sigaction>::zeroed();
                if libc::sigaction(signal, ptr::null(), current.as_mut_ptr()) == 0
                    && current.assume_init().sa_sigaction != libc::SIG_IGN
                {
                    libc::sigaction(signal, default.as_ptr(), ptr::null_mut());
                }
            }
        }
        let mut none = MaybeUninit::uninit();
        libc::sigemptyset(none.as_mut_ptr());
        libc::sigprocmask(libc::SIG_SETMASK, none.as_ptr(), ptr::null_mut());
    }
}

fn errno() -> c_int {
    // SAFETY: the address is the calling thread's own errno; the child, which shares it, has the thread to itself.
    unsafe { *libc::__errno_location() }
}

#[cfg(test)]
mod tests;

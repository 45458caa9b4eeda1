//! Whether virtual machines are accelerated, tried.
#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, AsRawFd as _, FromRawFd as _, OwnedFd};
use std::path::Path;

use super::Machine;

/// KVM does not accelerate here.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KvmError {
    /// The device cannot be opened.
    #[error("open /dev/kvm: {0}")]
    Open(#[source] io::Error),
    /// The device is there, and refuses what a virtual machine needs first.
    #[error("{step} on /dev/kvm: {source}")]
    Refused {
        /// The request, as ioctl(2) names it.
        step: &'static str,
        /// The answer.
        source: io::Error,
    },
    /// The device speaks another version of the interface than the only one that counts.
    #[error("use /dev/kvm: its interface is version {0}, not {KVM_API_VERSION}")]
    Version(i32),
}

/// Requests of include/uapi/linux/kvm.h, `_IO(0xAE, ..)`, which is the same on all architectures that have KVM.
const KVM_GET_API_VERSION: (&str, libc::c_ulong) = ("KVM_GET_API_VERSION", 0xAE00);
const KVM_CREATE_VM: (&str, libc::c_ulong) = ("KVM_CREATE_VM", 0xAE01);
const KVM_CREATE_VCPU: (&str, libc::c_ulong) = ("KVM_CREATE_VCPU", 0xAE41);
/// Frozen since Linux 2.6.22 (Documentation/virt/kvm/api.rst, section 2).
const KVM_API_VERSION: i32 = 12;

/// Makes a virtual machine with one CPU through `/dev/kvm` of `machine`, and throws it away: a device node alone proves nothing.
///
/// # Errors
/// The first step that failed.
pub fn try_kvm(machine: &Machine) -> Result<(), KvmError> {
    probe(&machine.path("dev/kvm"))
}

fn probe(device: &Path) -> Result<(), KvmError> {
    let device = File::options().read(true).write(true).open(device).map_err(KvmError::Open)?;
    match request(&device, KVM_GET_API_VERSION)? {
        KVM_API_VERSION => {}
        other => return Err(KvmError::Version(other)),
    }
    let vm = owned(request(&device, KVM_CREATE_VM)?);
    owned(request(&vm, KVM_CREATE_VCPU)?);
    Ok(())
}

/// Makes one of the requests above, all of whose arguments are the number 0.
fn request(file: &impl AsFd, (step, number): (&'static str, libc::c_ulong)) -> Result<i32, KvmError> {
    // SAFETY: the descriptor is open, and none of the requests takes a pointer.
    let answer = unsafe { libc::ioctl(file.as_fd().as_raw_fd(), number as _, 0 as libc::c_ulong) };
    if answer < 0 { Err(KvmError::Refused { step, source: io::Error::last_os_error() }) } else { Ok(answer) }
}

fn owned(file: i32) -> OwnedFd {
    // SAFETY: a request that creates has just opened this descriptor for the caller, and nothing else knows it.
    unsafe { OwnedFd::from_raw_fd(file) }
}

#[cfg(test)]
mod tests {
    use super::super::fake::machine;
    use super::*;

    #[test]
    fn a_node_that_is_no_kvm_does_not_count() {
        let (_dir, none) = machine(&[]);
        assert!(matches!(try_kvm(&none), Err(KvmError::Open(_))));
        let (_dir, file) = machine(&[("dev/kvm", "")]);
        assert!(matches!(try_kvm(&file), Err(KvmError::Refused { step: "KVM_GET_API_VERSION", .. })));
    }

    #[test]
    fn what_is_there_accelerates_or_says_which_step_failed() {
        if let Err(error) = try_kvm(&Machine::here()) {
            assert!(error.to_string().contains("/dev/kvm"), "{error}");
        }
    }
}

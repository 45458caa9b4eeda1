//! Whether virtual machines are accelerated.

use std::io;

use prill_core::process::machine::KvmError;

use super::finding::Finding;

pub(super) fn kvm(tried: &Result<(), KvmError>) -> Finding {
    const FACT: &str = "KVM";
    let Err(error) = tried else {
        return Finding::ok(FACT, "a virtual machine with a CPU was made", "guests run on the CPU itself, not emulated");
    };
    let nested = "enable nested virtualization on the host (kvm_intel.nested=1 or kvm_amd.nested=1)";
    let means = "guests are emulated (accel=tcg): no timing of theirs means anything";
    Finding::note(FACT, format!("failed to {error}"), means).remedy(match error {
        KvmError::Open(source) if source.kind() == io::ErrorKind::PermissionDenied => {
            "usermod -aG kvm \"$USER\", and log in again"
        }
        KvmError::Open(_) => {
            "modprobe kvm_intel || modprobe kvm_amd; enable virtualization in the firmware, or nested on the host"
        }
        _ => nested,
    })
}

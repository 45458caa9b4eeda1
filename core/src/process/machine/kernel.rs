//! What the kernel was told at boot, or chose.

use super::Machine;

/// What is done against faults of the CPU (Documentation/ABI/testing/sysfs-devices-system-cpu, `vulnerabilities`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mitigations {
    /// The faults that something is done against.
    pub mitigated: Vec<String>,
    /// Those that nothing, or not enough, is done against.
    pub vulnerable: Vec<String>,
    /// What `mitigations=` of the command line says.
    pub option: Option<String>,
}

/// What time is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clocksource {
    /// In use.
    pub current: String,
    /// To choose from.
    pub available: Vec<String>,
}

/// Which kernel runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kernel {
    /// As `uname -r` says it: `6.1.0-40-amd64`.
    pub release: Option<String>,
    /// As `uname -v` says it: which build it is.
    pub version: Option<String>,
    /// What it was told at boot.
    pub command_line: Option<String>,
    /// Another one after every boot.
    pub boot_id: Option<String>,
}

impl Machine {
    /// From `/proc/sys/kernel`, `/proc/cmdline` and `/proc/sys/kernel/random/boot_id`.
    #[must_use]
    pub fn kernel(&self) -> Kernel {
        Kernel {
            release: self.text("proc/sys/kernel/osrelease"),
            version: self.text("proc/sys/kernel/version"),
            command_line: self.text("proc/cmdline"),
            boot_id: self.text("proc/sys/kernel/random/boot_id"),
        }
    }

    /// From `/proc/sys/kernel/hostname`.
    #[must_use]
    pub fn host_name(&self) -> Option<String> {
        self.text("proc/sys/kernel/hostname")
    }

    /// From `/sys/devices/system/cpu/vulnerabilities` and the kernel's command line.
    #[must_use]
    pub fn mitigations(&self) -> Mitigations {
        const DIR: &str = "sys/devices/system/cpu/vulnerabilities";
        let mut all = Mitigations::default();
        for fault in self.names(DIR) {
            let says = self.text(format!("{DIR}/{fault}")).unwrap_or_default();
            // A few say for whom first: "KVM: Mitigation: VMX disabled".
            if says.contains("Vulnerable") {
                all.vulnerable.push(fault);
            } else if says.contains("Mitigation:") {
                all.mitigated.push(fault);
            }
        }
        let line = self.text("proc/cmdline").unwrap_or_default();
        // The last one counts.
        all.option = line.split_whitespace().filter_map(|word| word.strip_prefix("mitigations=")).next_back().map(str::to_owned);
        all
    }

    /// From `/sys/devices/system/clocksource`; `None` where it says nothing.
    #[must_use]
    pub fn clocksource(&self) -> Option<Clocksource> {
        const DIR: &str = "sys/devices/system/clocksource/clocksource0";
        let available = self.text(format!("{DIR}/available_clocksource")).unwrap_or_default();
        Some(Clocksource {
            current: self.text(format!("{DIR}/current_clocksource"))?,
            available: available.split_whitespace().map(str::to_owned).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::machine;
    use super::*;

    #[test]
    fn faults_are_sorted_by_what_is_done() {
        let (_dir, machine) = machine(&[
            ("sys/devices/system/cpu/vulnerabilities/spectre_v1", "Mitigation: usercopy/swapgs barriers\n"),
            ("sys/devices/system/cpu/vulnerabilities/itlb_multihit", "KVM: Mitigation: VMX disabled\n"),
            ("sys/devices/system/cpu/vulnerabilities/retbleed", "Vulnerable\n"),
            ("sys/devices/system/cpu/vulnerabilities/meltdown", "Not affected\n"),
            ("proc/cmdline", "quiet mitigations=auto mitigations=off\n"),
        ]);
        let found = machine.mitigations();
        assert_eq!(found.mitigated, ["itlb_multihit", "spectre_v1"]);
        assert_eq!(found.vulnerable, ["retbleed"]);
        assert_eq!(found.option.as_deref(), Some("off"));
    }

    #[test]
    fn the_kernel_and_the_boot_are_named() {
        let (_dir, machine) = machine(&[
            ("proc/sys/kernel/osrelease", "6.1.0\n"),
            ("proc/cmdline", "quiet isolcpus=3\n"),
            ("proc/sys/kernel/random/boot_id", "0a-0b\n"),
        ]);
        let kernel = machine.kernel();
        assert_eq!((kernel.release.as_deref(), kernel.version), (Some("6.1.0"), None));
        assert_eq!((kernel.command_line.as_deref(), kernel.boot_id.as_deref()), (Some("quiet isolcpus=3"), Some("0a-0b")));
    }

    #[test]
    fn the_clock_has_alternatives() {
        let (_dir, none) = machine(&[]);
        assert_eq!(none.clocksource(), None);
        let (_dir, slow) = machine(&[
            ("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n"),
            ("sys/devices/system/clocksource/clocksource0/available_clocksource", "hpet acpi_pm \n"),
        ]);
        let available = vec!["hpet".to_owned(), "acpi_pm".to_owned()];
        assert_eq!(slow.clocksource(), Some(Clocksource { current: "hpet".to_owned(), available }));
    }
}

//! At which clock the CPUs run.

use std::collections::BTreeSet;

use super::Machine;

/// Frequency scaling (Documentation/admin-guide/pm/cpufreq.rst).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frequency {
    /// What drives it; `None` where the kernel has no say in it, as in most virtual machines.
    pub driver: Option<String>,
    /// Who chooses the clock, each governor of any CPU once.
    pub governors: BTreeSet<String>,
    /// Whether clocks above the nominal one are allowed; `None` where the kernel does not say.
    pub boost: Option<bool>,
}

impl Machine {
    /// From `cpufreq` and `intel_pstate` in `/sys/devices/system/cpu`.
    #[must_use]
    pub fn frequency(&self) -> Frequency {
        const CPU: &str = "sys/devices/system/cpu";
        let policies: Vec<String> =
            self.names(format!("{CPU}/cpufreq")).into_iter().filter(|n| n.starts_with("policy")).collect();
        let of = |policy: &String, file: &str| self.text(format!("{CPU}/cpufreq/{policy}/{file}"));
        // One says what is allowed, the other what is not.
        let no_turbo = self.value(format!("{CPU}/intel_pstate/no_turbo")).map(|no: u8| no == 0);
        Frequency {
            driver: policies.iter().find_map(|policy| of(policy, "scaling_driver")),
            governors: policies.iter().filter_map(|policy| of(policy, "scaling_governor")).collect(),
            boost: no_turbo.or_else(|| self.value(format!("{CPU}/cpufreq/boost")).map(|on: u8| on == 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::machine;
    use super::*;

    #[test]
    fn governors_of_all_cpus_are_seen() {
        let (_dir, machine) = machine(&[
            ("sys/devices/system/cpu/cpufreq/policy0/scaling_governor", "performance\n"),
            ("sys/devices/system/cpu/cpufreq/policy1/scaling_governor", "schedutil\n"),
            ("sys/devices/system/cpu/cpufreq/policy0/scaling_driver", "acpi-cpufreq\n"),
            ("sys/devices/system/cpu/cpufreq/boost", "1\n"),
        ]);
        let frequency = machine.frequency();
        assert_eq!(frequency.driver.as_deref(), Some("acpi-cpufreq"));
        assert_eq!(frequency.governors.into_iter().collect::<Vec<_>>(), ["performance", "schedutil"]);
        assert_eq!(frequency.boost, Some(true));
    }

    #[test]
    fn the_file_of_intel_says_the_opposite() {
        for (text, boost) in [("1\n", false), ("0\n", true)] {
            let (_dir, machine) = machine(&[("sys/devices/system/cpu/intel_pstate/no_turbo", text)]);
            assert_eq!(machine.frequency().boost, Some(boost));
        }
    }

    #[test]
    fn where_the_kernel_has_no_say_there_is_nothing() {
        let (_dir, machine) = machine(&[]);
        assert_eq!(machine.frequency(), Frequency::default());
    }
}

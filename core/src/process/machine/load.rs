//! What else the machine does, and what it does not get.

use super::Machine;

/// Load averages (proc_loadavg(5)): tasks that run or wait, over one, five and fifteen minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load(pub [f64; 3]);

/// What a hypervisor kept for others (proc_stat(5)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steal {
    /// Share of the time since boot in which a CPU had work and did not run, from 0 to 1.
    pub share: f64,
}

impl Machine {
    /// From `/proc/loadavg`.
    #[must_use]
    pub fn load(&self) -> Option<Load> {
        let text = self.text("proc/loadavg")?;
        let mut numbers = text.split(' ').map(|number| number.parse().ok());
        Some(Load([numbers.next()??, numbers.next()??, numbers.next()??]))
    }

    /// From the first line of `/proc/stat`; `None` before Linux 2.6.11.
    #[must_use]
    pub fn steal(&self) -> Option<Steal> {
        let text = self.text("proc/stat")?;
        let ticks: Option<Vec<u64>> =
            text.lines().next()?.strip_prefix("cpu ")?.split_whitespace().map(|number| number.parse().ok()).collect();
        let ticks = ticks?;
        // User, nice, system, idle, iowait, irq, softirq, steal; the two for guests are in user and nice already.
        let stolen = *ticks.get(7)?;
        // Ticks in a lifetime fit a double.
        let all = ticks[..8].iter().sum::<u64>().max(1) as f64;
        Some(Steal { share: stolen as f64 / all })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::machine;
    use super::*;

    #[test]
    fn load_and_steal_are_read() {
        let (_dir, machine) = machine(&[
            ("proc/loadavg", "1.50 2.00 0.25 1/183 29835\n"),
            ("proc/stat", "cpu  40 0 20 30 0 0 0 10 40 0\ncpu0 40 0 20 30 0 0 0 10 40 0\n"),
        ]);
        assert_eq!(machine.load(), Some(Load([1.5, 2.0, 0.25])));
        assert_eq!(machine.steal(), Some(Steal { share: 0.1 }));
    }

    #[test]
    fn without_the_files_there_is_none() {
        let (_dir, machine) = machine(&[("proc/stat", "cpu  1 2 3\n")]);
        assert_eq!((machine.load(), machine.steal()), (None, None));
    }
}

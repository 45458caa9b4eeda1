//! What else the machine does, and what it does not get.

use super::Machine;

/// Load averages (proc_loadavg(5)): tasks that run or wait, over one, five and fifteen minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load(pub [f64; 3]);

/// What a hypervisor kept for others (proc_stat(5)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steal {
    /// Ticks since boot in which a CPU had work and did not run.
    pub stolen: u64,
    /// All ticks since boot, of all CPUs.
    pub all: u64,
}

impl Steal {
    /// The share of the time since boot, from 0 to 1.
    #[must_use]
    pub fn share(self) -> f64 {
        self.share_since(Self { stolen: 0, all: 0 })
    }

    /// The share of the time since `before`, from 0 to 1.
    #[must_use]
    pub fn share_since(self, before: Self) -> f64 {
        // Ticks in a lifetime fit a double.
        self.stolen.saturating_sub(before.stolen) as f64 / self.all.saturating_sub(before.all).max(1) as f64
    }
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
        Some(Steal { stolen, all: ticks[..8].iter().sum() })
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
        let steal = machine.steal().unwrap();
        assert_eq!(steal.share(), 0.1);
        assert_eq!(Steal { stolen: 30, all: 200 }.share_since(steal), 0.2);
    }

    #[test]
    fn without_the_files_there_is_none() {
        let (_dir, machine) = machine(&[("proc/stat", "cpu  1 2 3\n")]);
        assert_eq!((machine.load(), machine.steal()), (None, None));
    }
}

const SCHED: prill::Payload = prill::Payload::scheduler("s", "s");

#[prill::test(sheduler = SCHED)]
fn misspelt() {}

#[prill::test(scheduler = "SCHED")]
fn quoted() {}

#[prill::test(scheduler = SCHED, scheduler = SCHED)]
fn twice() {}

#[prill::test("SCHED")]
fn no_key() {}

fn main() {}

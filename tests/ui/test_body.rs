use prill::Ctx;

#[prill::test]
fn owned(_: Ctx) {}

#[prill::test]
fn mutable(_: &mut Ctx) {}

#[prill::test]
fn two(_: &Ctx, _: &Ctx) {}

#[prill::test]
async fn later(_: &Ctx) {}

#[prill::test]
unsafe fn unproven() {}

#[prill::test]
fn generic<T>() {}

#[prill::test]
#[test]
fn twice() {}

#[prill::test]
struct NoFunction;

fn main() {}

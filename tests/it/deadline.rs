//! A payload that is stopped in the middle of what it prints.

use prill::prelude::*;

const HALF: Payload = Payload {
    output: OutputFormat::JSON,
    default_args: &["-c", r#"printf '{"jobs": [{"iops": 25, "clat": 3.5}, {"iops": 1'; sleep 60"#],
    ..Payload::binary("half", "sh")
};

#[prill::test]
fn what_was_whole_in_a_document_is_read(ctx: &Ctx) -> Result<()> {
    let run = ctx.payload(&HALF).timeout(Duration::from_secs(2)).check("jobs.0.iops == 25".parse()?);
    let (verdict, metrics) = run.check("exists jobs.1.clat".parse()?).run()?;
    assert!(metrics.timed_out(), "{metrics:?}");
    let found: Vec<_> = metrics.iter().map(|metric| (metric.name().to_owned(), metric.value())).collect();
    assert_eq!(found, [("jobs.0.iops".to_owned(), 25.0), ("jobs.0.clat".to_owned(), 3.5)], "and not the 1 that was cut");
    assert!(metrics.diagnostics().iter().any(|said| said.span.is_some()), "{:?}", metrics.diagnostics());
    let verdicts: Vec<_> = verdict.outcomes().iter().map(|outcome| outcome.verdict).collect();
    assert_eq!(verdicts, [Verdict::Inconclusive, Verdict::Passed, Verdict::Inconclusive], "{verdict}");
    Ok(())
}

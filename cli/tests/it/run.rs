//! `prill run`, on programs that every machine has.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Look, Ran, prill, prill_with};

/// Runs a shell script as a payload.
fn script(options: &[&str], script: &str) -> Ran {
    prill(&[&["run"], options, &["--", "sh", "-c", script]].concat())
}

const ONE: &str = "printf 'tiny\\nlat.p99 431 us\\n'";

#[test]
fn a_program_is_run_read_and_judged() {
    let ran = script(&["--check", "lat.p99 < 1ms"], ONE);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.out, "metric            value  unit  better\nlat.p99{op=read}    431  us    ↓\n");
    assert!(
        ran.err.contains("passed: lat.p99 < 1ms: lat.p99{op=read} is 431 us (0.000431 s)\nsh exited 0 after "),
        "{}",
        ran.err
    );
    let unchecked = script(&[], ONE);
    assert!(unchecked.status == 0 && unchecked.err.ends_with(": passed, nothing was checked\n"), "{}", unchecked.err);
}

#[test]
fn the_object_has_the_keys_of_the_contract() {
    let ran = script(&["--json", "--check", "lat.p99 < 100us", "--check", "exit == 0"], ONE);
    let object = ran.json();
    let keys: Vec<&String> = object.as_object().unwrap().keys().collect();
    let all = ["argv", "checks", "diagnostics", "end", "exit_code", "format", "metrics", "payload", "stream", "usage", "verdict"];
    assert_eq!((ran.status, keys), (1, all.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>().iter().collect()));
    assert_eq!(object["metrics"][0]["span"], json!([13, 16]));
    assert_eq!((&object["payload"], &object["verdict"], &object["exit_code"]), (&json!("sh"), &json!("failed"), &json!(0)));
    assert_eq!((&object["argv"], &object["end"]), (&json!(["sh", "-c", ONE]), &json!({"kind": "exited", "code": 0})));
    assert_eq!(object["checks"][0]["check"], json!("exit == 0"), "the exit code is judged first");
    let check = &object["checks"][1];
    assert_eq!((&check["check"], &check["verdict"]), (&json!("lat.p99 < 100us"), &json!("failed")));
    assert_eq!(check["values"][0]["value"], json!(0.000431));
    let wall = object["usage"].as_array().unwrap().iter().find(|u| u["name"] == "usage.wall").unwrap();
    assert!(wall["value"].as_f64().unwrap() > 0.0 && wall["unit"] == "s", "{wall}");
}

#[test]
fn each_exit_status_has_its_reason() {
    for (options, payload, status, says) in [
        (&[][..], ONE, 0, "passed"),
        (&["--check", "exit == 3", "--as", "exit-code"], "exit 3", 0, "passed: exit == 3"),
        (
            &[],
            "echo tiny; echo x 1; echo why >&2; exit 3",
            1,
            "it exited with 3, and no check asks for that\n    stderr:\n    | why",
        ),
        (&["--check", "lat.p99 < 1us"], ONE, 1, "failed: lat.p99 < 1us"),
        (&[], "echo tiny; echo x 1; kill -9 $$", 1, "killed by SIGKILL"),
        (&[], "echo tiny; echo x 1; echo failed x", 1, "the tool says that it failed"),
        (&["--min-duration", "1h"], ONE, 1, "inconclusive"),
        (&["--check", "lat.p99 <"], ONE, 2, "failed to read the check `lat.p99 <`"),
        (&["--as", "tinny"], ONE, 2, "called `tinny`; linked are tiny,"),
        (&["--timeout", "soon"], ONE, 2, "such as 500ms"),
        (&["--cgroup", "../up"], ONE, 2, "failed to resolve cgroup name"),
        (&[], "echo hello 5", 3, "no-metrics"),
        (&["--check", "x < 5"], "true", 3, "no-metrics"),
        (&["--cwd", "/no/such/folder"], ONE, 4, "enter the working directory /no/such/folder"),
    ] {
        let ran = script(options, payload);
        assert_eq!(ran.status, status, "{options:?} {payload}: {}", ran.err);
        assert!(ran.err.contains(says), "{options:?} {payload}: {}", ran.err);
    }
    let missing = prill(&["run", "--", "no-such-program-anywhere"]);
    assert!(missing.status == 4 && missing.err.contains("no such program"), "{}", missing.err);
}

#[test]
fn a_time_out_keeps_what_came() {
    let begin = Instant::now();
    let options = ["--timeout", "300ms", "--kill-grace", "100ms", "--json"];
    let ran = script(&options, &format!("{ONE}; exec sleep 60"));
    assert!(begin.elapsed() < Duration::from_secs(20));
    let object = ran.json();
    assert_eq!((ran.status, &object["end"]), (1, &json!({"kind": "timed_out", "after": 0.3})));
    assert_eq!((&object["verdict"], &object["exit_code"]), (&json!("inconclusive"), &json!(-1)));
    assert_eq!(object["metrics"][0]["value"], json!(0.000431));
    let partial =
        script(&[&options[..], &["--allow-partial", "--check", "lat.p99 < 1ms"]].concat(), &format!("{ONE}; exec sleep 60"));
    assert_eq!((partial.status, &partial.json()["verdict"]), (0, &json!("passed")));
}

#[test]
fn repeated_runs_are_judged_each_and_shown_together() {
    let dir = tempfile::tempdir().unwrap();
    let count = dir.path().join("count");
    let counting =
        format!("echo >> {0}; n=$(wc -l < {0}); printf \"tiny\\nx $n us\\n\"; [ $n = 1 ] && echo once 5; true", count.display());
    let ran = script(&["--repeat", "3", "--check", "x < 3us"], &counting);
    assert_eq!(
        ran.out,
        "metric      median   min   max  runs  better\n\
         once             5     5     5     1  ↓\n\
         x{op=read}    2 us  1 us  3 us     3  ↓\n"
    );
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("run 3: sh exited 0 after") && ran.err.ends_with("3 runs: 2 passed, 1 failed\n"), "{}", ran.err);
    fs::remove_file(&count).unwrap();
    let lines = script(&["--repeat", "3", "--json"], &counting).out;
    let runs: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(runs.iter().map(|run| run["run"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(runs[2]["metrics"][0]["value"], json!(0.000003));
}

#[test]
fn the_warm_up_is_thrown_away() {
    let dir = tempfile::tempdir().unwrap();
    let count = dir.path().join("count");
    let counting = format!("echo >> {0}; printf \"tiny\\nx $(wc -l < {0})\\n\"", count.display());
    let object = script(&["--warmup", "10s", "--check", "x == 2", "--json"], &counting).json();
    assert_eq!((&object["verdict"], object["checks"].as_array().unwrap().len()), (&json!("passed"), 1));
}

#[test]
fn the_payload_runs_as_it_is_asked_to() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, input) = (dir.path().to_str().unwrap(), dir.path().join("input"));
    fs::write(&input, "tiny\nfrom.stdin 7\n").unwrap();
    let options =
        ["--env", "NAME=5", "--cwd", folder, "--stdin", input.to_str().unwrap(), "--affinity", "0", "--nice", "5", "--json"];
    let object = script(&options, "cat; echo env $NAME; echo nice $(nice); echo dir $(ls | wc -l); echo cpus $(nproc)").json();
    let found: Vec<(String, f64)> = object["metrics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| (m["name"].as_str().unwrap().to_owned(), m["value"].as_f64().unwrap()))
        .collect();
    let expected = [("from.stdin", 7.0), ("env", 5.0), ("nice", 5.0), ("dir", 1.0), ("cpus", 1.0)];
    assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value)));
}

#[test]
fn a_file_that_the_payload_writes_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("out");
    let options = ["--as", "tiny", "--output-file", path.to_str().unwrap(), "--json"];
    let object = script(&options, &format!("printf 'tiny\\nx 4\\n' > {}", path.display())).json();
    assert_eq!((&object["metrics"][0]["stream"], &object["stream"]), (&json!("file"), &json!("file")));
}

#[test]
fn a_limit_cuts_the_middle_and_says_so() {
    let object = script(&["--output-limit", "1kB", "--json"], "echo tiny; echo x 1; seq 1000; echo tiny; echo y 2").json();
    assert!(object["diagnostics"].as_array().unwrap().iter().any(|d| d["code"] == "cut"), "{object}");
    assert_eq!(object["verdict"], json!("inconclusive"));
}

#[test]
fn what_follows_the_payload_is_its_own() {
    let object = prill(&["run", "--json", "--", "echo", "--json", "--", "--check"]).json();
    assert_eq!(object["argv"], json!(["echo", "--json", "--", "--check"]));
    let object = prill(&["run", "--json", "tiny-echo", "--json", "--", "x"]).json();
    assert_eq!(object["argv"], json!(["echo", "default", "--json", "--", "x"]));
    assert_eq!(object["checks"][0]["check"], json!("exit == 0"));
    let bare = prill(&["run", "--json", "--no-default-args", "--no-default-checks", "tiny-echo", "x"]).json();
    assert_eq!((&bare["argv"], &bare["checks"]), (&json!(["echo", "x"]), &json!([])));
    let unknown = prill(&["run", "pinpong"]);
    assert!(unknown.status == 2 && unknown.err.contains("the nearest are pingpong, "), "{}", unknown.err);
    let unknown = prill(&["run", "echo"]);
    assert!(unknown.status == 2 && unknown.err.contains("`prill run -- echo`"), "{}", unknown.err);
    let foreign = prill(&["run", "tiny-foreign"]);
    assert!(foreign.status == 2 && foreign.err.contains("`--as exit-code` judges its exit code"), "{}", foreign.err);
    assert_eq!(prill(&["run", "--as", "exit-code", "tiny-foreign"]).status, 0);
    let scheduler = prill(&["run", "tiny-sched"]);
    assert!(scheduler.status == 2 && scheduler.err.contains("launched by the framework"), "{}", scheduler.err);
    assert_eq!(prill(&["run"]).status, 2);
}

#[test]
fn verdicts_have_colours_where_they_are_looked_at() {
    let look = Look { colour: true, ..Look::default() };
    let ran = prill_with(&["run", "--check", "lat.p99 < 1ms", "--", "sh", "-c", ONE], "", look);
    assert!(ran.err.contains("\x1b[1m\x1b[32mpassed\x1b[0m: lat.p99 < 1ms"), "{:?}", ran.err);
}

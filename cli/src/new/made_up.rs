//! The crate of a format that reads an output which is made up: what a format made of code looks like.

use super::files::{Crate, File};

const EXPECT: &str = r#"[
 {"label": "mean latency", "raw": "Latency: 431 us", "num": "431", "value": 0.000431, "unit": "s", "better": "lower", "stream": "stdout"},
 {"label": "request rate", "raw": "Rate: 5860.25 requests/s", "num": "5860.25", "value": 5860.25, "unit": "ops/s", "better": "higher", "stream": "stdout"}
]
"#;

const CUT: &str = "made-up benchmark\nLatency: 431 us\nRate: 58";

/// What is in the crate.
pub(super) fn parts() -> Crate {
    let stdout = include_str!("templates/stdout.in");
    let first = "[\n ".to_owned() + EXPECT.lines().nth(1).unwrap_or_default().trim().trim_end_matches(',') + "\n]\n";
    let mut texts: Vec<File> = vec![
        ("src/lib.rs".to_owned(), include_bytes!("templates/lib.rs.in").to_vec()),
        ("tests/next.rs".to_owned(), include_bytes!("templates/next.rs.in").to_vec()),
        ("samples/first/argv.json".to_owned(), b"[\"{name}\"]\n".to_vec()),
        ("samples/first/exit_code".to_owned(), b"0\n".to_vec()),
    ];
    let mut case = |case: &str, stdout: &str, expect: &str, tool: &str| {
        let meta = format!("{{\n \"tool\": \"{tool}\",\n \"version\": \"1.0\",\n \"note\": \"made up\"\n}}\n");
        let files = [("stdout", stdout), ("stderr", ""), ("expect.json", expect), ("meta.json", meta.as_str())];
        texts.extend(files.map(|(file, text)| (format!("samples/{case}/{file}"), text.as_bytes().to_vec())));
    };
    case("first", stdout, EXPECT, "{name}");
    case("empty", "", "[]\n", "{name}");
    case("truncated", CUT, &first, "{name}");
    case("wrong-tool", super::STRANGER, "[]\n", "ls");
    case("tool-failed", "error: no such device\n", "[]\n", "{name}");
    Crate {
        base: ("prill-core", "core"),
        source: "lib.rs".to_owned(),
        stream: "stdout".to_owned(),
        rows: ROWS.to_owned(),
        texts,
        raw: Vec::new(),
        snapshots: SNAPSHOTS.iter().map(|(case, text)| ((*case).to_owned(), (*text).to_owned())).collect(),
    }
}

const ROWS: &str = "\
| `Latency: 431 us` | `request.latency.mean` | `s` | lower |
| `Rate: 5860.25 requests/s` | `request.rate` | `{request}/s` | higher |";

const SNAPSHOTS: &[(&str, &str)] = &[
    (
        "first",
        "{name} of stdout: 2 metrics\n\
         request.latency.mean = 0.000431 s lower stdout 27..30 `431`\n\
         request.rate = 5860.25 {request}/s higher stdout 40..47 `5860.25`\n",
    ),
    ("empty", "{name} of several streams: 0 metrics\nerror[no-output]: no metric: stdout is empty\n"),
    (
        "truncated",
        "{name} of stdout: 1 metrics\n\
         request.latency.mean = 0.000431 s lower stdout 27..30 `431`\n\
         error[truncated]: stdout ends in the middle of the format, at byte 42 (stdout 42..42)\n",
    ),
    (
        "wrong-tool",
        "{name} of stdout: 0 metrics\n\
         warning[not-found]: nothing in stdout looks like an output of {name} (stdout)\n\
         error[no-metrics]: no metric of format {name} in stdout\n",
    ),
    (
        "tool-failed",
        "{name} of stdout: 0 metrics\n\
         error[tool-failed]: {name} says: no such device (stdout 0..21)\n\
         warning[not-found]: nothing in stdout looks like an output of {name} (stdout)\n\
         error[no-metrics]: no metric of format {name} in stdout\n",
    ),
];

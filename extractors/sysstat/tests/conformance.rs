//! What every format must satisfy, over `samples/FORMAT/`.

use prill_extract_sysstat as _;

mod iostat {
    prill_testkit::conformance!("iostat");
}

mod mpstat {
    prill_testkit::conformance!("mpstat");
}

mod pidstat {
    prill_testkit::conformance!("pidstat");
}

mod sar {
    prill_testkit::conformance!("sar");
}

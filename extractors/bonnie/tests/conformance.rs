//! What every format must satisfy, over `samples/bonnie++/`.

use prill_extract_bonnie as _;

prill_testkit::conformance!("bonnie++");

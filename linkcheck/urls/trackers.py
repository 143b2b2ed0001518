"""Query parameters that say who led a visitor to a page, and nothing of the page.

By whose tool or site sets them. `python scripts/check_trackers.py FILE` tells which names of a public list are missing here
(docs/how-to/update-data.md). A name is looked up without regard to case.
"""

PREFIXES = (
    *("utm_", "mtm_", "matomo_", "pk_", "piwik_", "stm_", "itm_", "at_", "ns_", "wt.", "wt_", "cm_mmc", "gad_", "guce_"),
    *("hsa_", "__hs", "_hs", "elq", "oly_", "bsft_", "ml_subscriber", "vero_", "_sgm_", "dpg_", "cx_", "adjust_", "ir_"),
    *("rb_click", "fb_action_"),
)
"""Beginnings of the names that one tool sets, each too peculiar to be a page's own."""

NAMES = frozenset(
    (
        # Clicks on advertisements and in apps: Google, Microsoft, Meta, X, TikTok, LinkedIn, Pinterest, Yandex
        *("gclid", "gclsrc", "dclid", "gbraid", "wbraid", "srsltid", "_ga", "_gl", "msclkid", "fbclid", "fb_ref"),
        *("fb_source", "fb_comment_id", "mibextid", "igshid", "igsh", "twclid", "ttclid", "li_fat_id", "epik", "sccid"),
        *("yclid", "ysclid", "_openstat", "tgclid", "rdt_cid", "qclid", "ref_src", "ref_url", "__twitter_impression"),
        *("s_kwcid", "ef_id", "_branch_match_id", "_branch_referrer", "irclickid", "irgwc", "awc", "sscid", "rtkcid"),
        *("tduid", "cjevent", "admitad_uid", "gps_adid", "wickedid", "erid", "cm_me", "cm_cr"),
        *("action_object_map", "action_ref_map", "action_type_map"),
        # Newsletters and customer data: Mailchimp, Marketo, Klaviyo, Drip, Dynamics, Adobe, Mindbox, beehiiv
        *("mc_cid", "mc_eid", "mkt_tok", "_kx", "_ke", "__s", "_clde", "_cldee", "s_cid", "_bhlid", "trk_contact"),
        *("trk_msg", "mindbox-click-id", "mindbox-message-key", "hsctatracking", "_mc", "inf_contact_key"),
        *("user_email_address",),
        # Publishers and their feeds: New York Times, WSJ, CNN, BBC, Daily Mail, NBC, Condé Nast, Yahoo, AT Internet
        *("smid", "smtyp", "emc", "ncid", "ocid", "cmpid", "icid", "icmp", "ito", "xtor", "mbid", "cndid", "guccounter"),
        *("ftag", "taid", "wprov", "ftcamp", "dicbo", "nx_source", "cvid", "sc_channel", "sc_campaign", "sc_publisher"),
        # AMP viewers, and scripts that count shares
        *("amp_js_v", "amp_gsa", "usqp", "spm", "share_id"),
    )
)
"""Names that no page known to us chooses its content by."""

AMBIGUOUS = frozenset(
    (
        *("campaign", "campaign_id", "cid", "cmp", "cmpn", "from", "intcid", "mkt", "mod", "nl", "nl_id", "partner", "rc"),
        *("ref", "referer", "referrer", "rss", "share", "shared", "si", "smprod", "source", "spref", "sr_share", "src"),
        *("trk", "via", "wpisrc", "xid"),
    )
)
"""Names that trackers share with pages: `?mod=news&cid=5` is a page. They count as trackers only beside a path that names
the article by itself."""


def is_tracker(parameter: str, *, path_is_article: bool) -> bool:
    """Whether a parameter, `name` or `name=value`, says nothing of the page."""
    name = parameter.partition("=")[0].lower().removeprefix("amp;")
    return name in NAMES or name.startswith(PREFIXES) or (path_is_article and name in AMBIGUOUS)

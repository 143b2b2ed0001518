"""Query parameters that record where a visitor came from and do not select a page.

Grouped by the tool or site that sets them. `python scripts/check_trackers.py FILE` prints the names of a public list that
are missing here (docs/how-to/update-data.md). Names are case-insensitive.
"""

import re

_FIELDS = ("source", "medium", "campaign", "content", "term", "keyword", "kwd", "placement", "group")
"""Fields of a campaign, after the prefix of an analytics tool; the prefix alone may select a page (`pk_id`, `itm_id`)."""
PREFIXES = (
    *(f"{tool}_{field}" for tool in ("pk", "stm", "itm", "otm", "hmb", "ga", "dpg", "ns", "at", "wt") for field in _FIELDS),
    *("utm_", "mtm_", "matomo_", "piwik_", "pk_vid", "pk_cid", "pk_cpn", "ns_mchannel", "ns_linkname", "ns_fee"),
    *("at_custom", "at_creation", "at_variant", "at_network", "at_format", "at_general_", "at_channel", "at_detail_"),
    *("at_link", "at_ptr_", "at_bbc_", "at_email", "at_recipient", "at_send", "at_platform", "wt.", "wt_mc", "wt_zmc"),
    *("cm_mmc", "gad_", "gaa_", "guce_", "hsa_", "__hs", "_hs", "elq", "oly_anon", "oly_enc", "oft_", "bsft_"),
    *("ml_subscriber", "vero_", "_sgm_", "cx_click", "cx_recs", "adjust_tracker", "adjust_campaign", "adjust_adgroup"),
    *("adjust_creative", "adjust_referrer", "ir_adid", "ir_campaignid", "ir_partnerid", "rb_click", "fb_action_"),
    *("ss_email_", "ss_campaign_", "sfmc_", "__cft__", "__xts__"),
)
"""Prefixes of the names that one tool sets, each too specific to select a page."""

NAMES = frozenset(
    (
        # Clicks on advertisements and in apps: Google, Microsoft, Meta, X, TikTok, LinkedIn, Yandex, Baidu, Taboola
        *("gclid", "gclsrc", "dclid", "gbraid", "wbraid", "srsltid", "_ga", "_gl", "gs_l", "gs_lcp", "gws_rd", "msclkid"),
        *("fbclid", "fb_ref", "fb_source", "fb_comment_id", "__tn__", "mibextid", "igshid", "igsh", "twclid", "ttclid"),
        *("li_fat_id", "lipi", "licu", "epik", "sccid", "yclid", "ysclid", "_openstat", "tgclid", "rdt_cid", "qclid"),
        *("ref_src", "ref_url", "__twitter_impression", "s_kwcid", "ef_id", "_branch_match_id", "_branch_referrer"),
        *("irclickid", "irgwc", "awc", "sscid", "rtkcid", "tduid", "cjevent", "admitad_uid", "gps_adid", "wickedid"),
        *("erid", "cm_me", "cm_cr", "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "tblci", "obclid", "oborigurl", "dicbo"),
        *("action_object_map", "action_ref_map", "action_type_map", "external_click_id", "unicorn_click_id"),
        *("aiad_clid", "famad_xuid", "_zucks_suid", "ebisadid", "adfrom", "oprtrack", "vc_lpp", "__io_lv"),
        *("_io_session_id", "tracking_source", "wtrid", "echobox", "ceneo_spo", "os_ehash"),
        # Newsletters and customer data: Mailchimp, Marketo, Klaviyo, Drip, Dynamics, Adobe, Mindbox, beehiiv, Acoustic
        *("mc_cid", "mc_eid", "mkt_tok", "_kx", "_ke", "_clde", "_cldee", "s_cid", "_bhlid", "trk_contact"),
        *("trk_msg", "mindbox-click-id", "mindbox-message-key", "hsctatracking", "_mc", "inf_contact_key"),
        *("user_email_address", "spmailingid", "spuserid", "spjobid", "spreportid", "et_rid", "vgo_ee", "sms_click"),
        *("sms_source", "sms_uph"),
        # Publishers and their feeds: New York Times, WSJ, CNN, BBC, Daily Mail, NBC, Yahoo, Washington Post, AT Internet
        *("smid", "smtyp", "emc", "cmpid", "icmp", "intcmp", "ito", "xtor", "cndid", "guccounter", "ftag", "wprov"),
        *("ftcamp", "nx_source", "sc_channel", "sc_campaign", "sc_publisher", "wpmm", "itid", "reflink", "soc_src"),
        *("soc_trk", "tpcc", "unlocked_article_code", "edition-redirect"),
        # AMP viewers, and scripts that count shares
        *("amp_js_v", "amp_gsa", "usqp", "spm"),
    )
)
"""Names that do not select content on any known site."""

SHARED = frozenset(
    (
        *("__s", "campaign", "campaign_id", "cid", "clickid", "cmp", "cmpn", "cuid", "cvid", "esrc", "feature", "feedname"),
        *("feedtype", "from", "gci", "hpt", "icid", "iid", "intcid", "iref", "linkid", "maf", "mbid", "mkt", "mod", "ncid"),
        *("nl", "nl_id", "ocid", "partner", "rc", "ref", "ref_", "referer", "referrer", "rss", "sh", "share", "share_id"),
        *("shared", "si", "sk", "smprod", "source", "spref", "sr_share", "sref", "src", "taid", "trk", "via", "wpisrc"),
        *("xid", "ymid"),
    )
)
"""Names that trackers share with pages: `?mod=news&cid=5` is a page. Such a parameter may be a tracker if its value is not a
number, but that is never certain."""

SESSIONS = frozenset(
    ("phpsessid", "jsessionid", "oscsid", "zenid", "cfid", "cftoken", "bv_sessionid", "bv_engineid", "wosid")
)
"""Names of session IDs for visitors without cookies."""
_SHARED_SESSIONS = ("sid", "sessionid")
_DRAWN = re.compile(r"(?=[^0-9]*+[0-9])[A-Za-z0-9]{26,64}+")
"""The value of a session ID; if `sid` selects a page, its value is a short number (`sid=47`)."""


def is_tracker(parameter: str) -> bool:
    """Whether a parameter, `name` or `name=value`, does not select a page."""
    name = _name(parameter)
    return name in NAMES or name.startswith(PREFIXES)


def may_be_tracker(parameter: str) -> bool:
    """Whether a parameter that is not certainly a tracker has the name and value of one."""
    return _name(parameter) in SHARED and not parameter.partition("=")[2].isdecimal()


def is_session(parameter: str) -> bool:
    """Whether a parameter, `name=value`, is a session ID."""
    name = _name(parameter)
    if name in _SHARED_SESSIONS:
        return _DRAWN.fullmatch(parameter.partition("=")[2]) is not None
    return name in SESSIONS or name.startswith("aspsessionid")


def _name(parameter: str) -> str:
    return parameter.partition("=")[0].lower().removeprefix("amp;")

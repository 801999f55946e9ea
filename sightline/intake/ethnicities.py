"""The department's ethnicity codes in full: its main codes, and the extended codes that authorities may use.

The extended codes stand under main ones in the common basic data set; records are compared on the main code.
"""

from sightline.vocabulary.codes import Ethnicity

_EXTENDED = {
    Ethnicity.WBRI: "WCOR WENG WNIR WSCO WWEL WOWB",
    Ethnicity.WOTH: ("WALB WBOS WCRO WGRE WGRK WGRC WITA WKOS WPOR WSER WTUR WTUK WTUC WEUR WEEU WWEU WOTW"),
    Ethnicity.WROM: "WROG WROR WROO",
    Ethnicity.MWAS: "MWAP MWAI MWAO",
    Ethnicity.MOTH: "MAOE MABL MACH MBOE MBCH MCOE MWOE MWCH MOTM",
    Ethnicity.APKN: "AMPK AKPA AOPK",
    Ethnicity.AOTH: "ABRI AWEL AAFR AKAO ANEP ASNL ASLT ASRO AOTA",
    Ethnicity.BAFR: "BANN BCON BGHA BNGN BSLN BSOM BSUD BAOF",
    Ethnicity.BOTH: "BBRI BWEL BEUR BNAM BOTB",
    Ethnicity.CHNE: "CHKC CMAL CSNG CTWN COCH",
    Ethnicity.OOTH: (
        "OAFG OARA ORAB OEGY OFIL OIRN OIRQ OJPN OKOR OKRD OLAM OLEB OLIB OMAL OMRC OOEG OPOL OTHA OVIE OYEM"
    ),
}
MAIN_CODES = {code.value: code for code in Ethnicity} | {
    code: main for main, extended in _EXTENDED.items() for code in extended.split()
}
"""The main code of every code, extended or main."""

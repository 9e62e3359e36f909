"""The tables of one small period as CSV, letter by letter: what data teams build on."""

PROMISED = {
    "demand": (
        "device,device_label,period,stop,stop_label,group,group_label,count\n"
        "rh-1,Bus Nord,2026-10,market,Markt,home,Wohnen,15\n"
        "rh-1,Bus Nord,2026-10,market,Markt,work,Arbeit,20\n"
    ),
    "topics": (
        "device,device_label,period,group,group_label,topic,topic_label,count\n"
        "rh-1,Bus Nord,2026-10,home,Wohnen,rent,Miete,10\n"
        "rh-1,Bus Nord,2026-10,home,Wohnen,others,übrige,5\n"
        "rh-1,Bus Nord,2026-10,work,Arbeit,jobs,Stelle finden,20\n"
    ),
    "further": (
        "device,device_label,period,group,group_label,topic,topic_label,count\n"
        "rh-1,Bus Nord,2026-10,home,Wohnen,rent,Miete,10\n"
        "rh-1,Bus Nord,2026-10,home,Wohnen,others,übrige,5\n"
        "rh-1,Bus Nord,2026-10,work,Arbeit,others,übrige,5\n"
    ),
    "concerns": (
        "device,device_label,period,group,group_label,topic,topic_label,people,further,count\n"
        "rh-1,Bus Nord,2026-10,home,Wohnen,rent,Miete,10,10,20\n"
        "rh-1,Bus Nord,2026-10,home,Wohnen,others,übrige,5,5,10\n"
        "rh-1,Bus Nord,2026-10,work,Arbeit,others,übrige,20,5,25\n"
    ),
    "feedback": (
        "device,device_label,period,stop,stop_label,score,count\n"
        "rh-1,Bus Nord,2026-10,market,Markt,5,15\n"
    ),
    "survey": (
        "device,device_label,period,question,question_label,answer,answer_label,count\n"
        "rh-1,Bus Nord,2026-10,quarter,Was fehlt im Viertel?,benches,Bänke,5\n"
        "rh-1,Bus Nord,2026-10,quarter,Was fehlt im Viertel?,not_said,keine Antwort,5\n"
        "rh-1,Bus Nord,2026-10,gone,gone,yes,yes,5\n"
    ),
    "hours": (
        "device,device_label,period,stop,stop_label,hours,count\n"
        "rh-1,Bus Nord,2026-10,market,Markt,,5\n"
        "rh-1,Bus Nord,2026-10,market,Markt,00-12,30\n"
    ),
    "visits": (
        "device,device_label,period,date,stop,stop_label,planned,held,count\n"
        "rh-1,Bus Nord,2026-10,,estate,Siedlung,0,1,0\n"
        "rh-1,Bus Nord,2026-10,2026-10-07,market,Markt,1,1,35\n"
        "rh-1,Bus Nord,2026-10,2026-10-09,estate,Siedlung,1,0,0\n"
    ),
    "languages": (
        "device,device_label,period,language,language_label,count\n"
        "rh-1,Bus Nord,2026-10,de,Deutsch,25\n"
        "rh-1,Bus Nord,2026-10,not_said,nicht gesagt,10\n"
    ),
    "stops": (
        "device,device_label,period,stop,name,ags,district,area\n"
        "rh-1,Bus Nord,2026-10,estate,Siedlung,05513000,Nord,\n"
        "rh-1,Bus Nord,2026-10,market,Markt,05513000,Mitte,\n"
    ),
    "records": (
        "device,device_label,period,item,item_label,value,value_label,count\n"
        "rh-1,Bus Nord,2026-10,advice,Umfang der Beratung,full,ausführlich,15\n"
        "rh-1,Bus Nord,2026-10,advice,Umfang der Beratung,not_said,nicht gesagt,20\n"
        "rh-1,Bus Nord,2026-10,referral,Verwiesen an,tenants,Mieterverein,10\n"
        "rh-1,Bus Nord,2026-10,set_aside,Nicht gezählte Tastendrücke auf Smileys,repeated,"
        "derselbe Smiley immer wieder,5\n"
    ),
}

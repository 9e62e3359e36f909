"""Drawing shared by glass, paper and pages: fonts, icons, line breaking, QR codes."""

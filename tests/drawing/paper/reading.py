"""Reads the QR codes of a picture as a phone would: another program than the one that made them."""

import zxingcpp
from PIL import Image, ImageOps

QR_CODE = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def codes_in(picture: Image.Image) -> list[str]:
    """The texts of all codes from top to bottom, on a strip with some table around it.

    A corner of a torn code reads as a small one of another kind, which no slip bears.
    """
    table = ImageOps.expand(picture.convert("L"), border=40, fill=110)
    found = zxingcpp.read_barcodes(table, formats=QR_CODE)
    whole = [code for code in found if code.format == zxingcpp.BarcodeFormat.QRCode]
    return [code.text for code in sorted(whole, key=lambda code: code.position.top_left.y)]

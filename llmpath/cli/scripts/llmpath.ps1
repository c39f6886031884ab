Register-ArgumentCompleter -Native -CommandName llmpath -ScriptBlock {
    param($word, $ast, $cursor)
    if (-not (Get-Command llmpath -ErrorAction Ignore)) { return }
    $words = @($ast.CommandElements | ForEach-Object { $_.Extent.Text })
    if ($word -eq '') { $words += '' }
    $env:_LLMPATH_COMPLETE = 'powershell'
    $env:_LLMPATH_WORDS = $words -join "`n"
    try {
        llmpath 2>$null | ForEach-Object {
            $value, $text = $_ -split "`t", 2
            if (-not $text) { $text = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $text)
        }
    } finally { Remove-Item Env:_LLMPATH_COMPLETE, Env:_LLMPATH_WORDS }
}
